// What a comparison of two check reports found, for a person at a terminal.
#pragma once

#include <string>

#include "reports/comparison_story.h"
#include "reports/style.h"

namespace sockspec::reports {

std::string check_compare_text(const ComparisonStory& story, const Style& style);

}  // namespace sockspec::reports
