// Gradescope's results.json, for an autograder that runs `sockspec check`.
//
// 100 points: the scenarios of level must share 80, all others 20, the same as score_of()
// (core/check_report.h); where there is only one kind, it has the 100. Points are hundredths, dealt
// so that the whole is exactly 100: Gradescope wants the sum to be that of the assignment.
//
//   passed, undecided, doubtful   all its points: what only timing explains costs nobody points
//   warned                        all of a must, none of a should
//   failed, known                 none: a known failure excuses a run, it earns nothing
//   not run                       none, since nothing was shown; "failed" for the same reason
//   skipped                       stands in the list without points
//   trouble of the run            a failed test worth 0 points; where the run could not go on, the
//                                 text above the tests says that the points are a lower bound
//
// All text is "text", never HTML or Markdown: what a server prints is markup to nobody. Students
// see the tests at once ("visible"); what the autograder itself printed only the staff ("hidden").
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string gradescope(const CheckReport& report);

}  // namespace sockspec::reports
