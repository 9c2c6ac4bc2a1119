// Markdown as GitHub shows it: for the summary of a step ($GITHUB_STEP_SUMMARY), a comment, a page.
//
// The verdict, what is wrong with the run, a table of what did not pass, the likely fault, the
// story of each failure, and what passed. What GitHub would refuse for its size (1 MiB for each
// step) is left out from the end, and said. Nothing that a server printed can end its block, add a
// row to a table, or be read as markup or HTML.
#pragma once

#include <cstddef>
#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

// GitHub takes 1 MiB, together with what other commands of the same step write.
inline constexpr std::size_t kMostMarkdown = 1'000'000;

std::string markdown(const CheckReport& report, std::size_t most = kMostMarkdown);

}  // namespace sockspec::reports
