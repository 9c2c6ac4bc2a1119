// Gradescope's results.json for one submission of a class: the points of the class file as the
// score, what is probably wrong above all, and the scenarios of its check as tests without points
// of their own (reports/gradescope.h says what else is in it). Pure function, for any thread.
#pragma once

#include <optional>
#include <string>

#include "core/check_report.h"
#include "core/grade/grade_report.h"

namespace sockspec::reports {

std::string submission_gradescope(const grade::GradeReport& report,
                                  const grade::Submission& submission,
                                  const std::optional<CheckReport>& check);

}  // namespace sockspec::reports
