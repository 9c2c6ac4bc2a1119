// All scenarios of a run, worst first, each with its story folded away; and the form that searches
// and filters them. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/check_report.h"
#include "reports/standing.h"

namespace sockspec::reports {

// "failed", in the language of the report.
std::string standing_word(Standing standing, std::string_view lang);

// "3 failed".
std::string standing_count(Standing standing, std::size_t count, std::string_view lang);

// Where the scenarios of this standing begin, without the '#'.
std::string standing_anchor(Standing standing);

// From the worst to what did not even run.
inline constexpr Standing kWorstFirst[] = {Standing::Failed,  Standing::Undecided, Standing::Warned,
                                           Standing::Known,   Standing::Doubtful,  Standing::Passed,
                                           Standing::Skipped, Standing::NotRun};

// Where its story begins; the same for the same result of the same report.
std::string story_anchor(const CheckReport& report, const ScenarioResult& result);

// 10,000 results open quickly: their stories, the worst first, share a budget, and the page says
// how many are left out.
std::string result_list(const CheckReport& report);

}  // namespace sockspec::reports
