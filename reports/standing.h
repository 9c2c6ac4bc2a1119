// How each result, and the run as a whole, counts: the one classification that all formats share,
// so that JUnit, TAP and the others never disagree with the exit code.
//
// A run whose exit code is not 0 has at least one result that is_red(), or one RunTrouble; a run
// whose exit code is 0 has neither. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/check_report.h"

namespace sockspec::reports {

enum class Standing {
  Passed,
  Warned,     // a should failed; it counts as passed, and is told
  Failed,     // makes the run red
  Known,      // failed, as the list of known failures says: not red
  Undecided,  // inconclusive, and stands between the run and exit code 0
  Doubtful,   // inconclusive about advice only: not red
  Skipped,
  NotRun,  // never red itself: what kept it from running is red, or known
};

Standing standing_of(const CheckReport& report, const ScenarioResult& result);

inline bool is_red(Standing standing) {
  return standing == Standing::Failed || standing == Standing::Undecided;
}

// "passed", "warned", … as machines read it.
std::string_view name_of(Standing standing);

// What makes the run red beside its results. Formats show it as one more test that could not end.
struct RunTrouble {
  std::string name;     // "run/interrupted": stable, as the id of a scenario is
  std::string text;     // one line, in the language of the report
  std::string details;  // what the server said, which entries are stale; may be empty
  bool fatal = false;   // the run could not go on; what is not there was not asked
};

std::vector<RunTrouble> troubles_of(const CheckReport& report);

// "stream" of "stream/basic".
std::string group_of(const std::string& scenario);

}  // namespace sockspec::reports
