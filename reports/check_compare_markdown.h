// What a comparison of two check reports found, as a comment on a pull request.
//
// The verdict, what got worse, what did not (folded), the likely cause, the cautions. Nothing that
// a server printed is read as markup, begins a line or mentions anybody. GitHub takes comments of
// at most 65,536 characters: what does not fit is left out from the end of its list, and said.
#pragma once

#include <cstddef>
#include <string>

#include "reports/comparison_story.h"

namespace sockspec::reports {

inline constexpr std::size_t kMostComment = 65'000;

std::string check_compare_markdown(const ComparisonStory& story, std::string_view lang,
                                   std::size_t most = kMostComment);

}  // namespace sockspec::reports
