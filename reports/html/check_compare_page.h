// The comparison of two check reports as one HTML file: what broke first, what is in doubt next,
// then what was fixed. See reports/html/page.h for what all pages have in common.
#pragma once

#include <string>
#include <string_view>

#include "reports/comparison_story.h"

namespace sockspec::reports {

// Pure function, for any thread.
std::string check_compare_html(const ComparisonStory& story, std::string_view lang);

}  // namespace sockspec::reports
