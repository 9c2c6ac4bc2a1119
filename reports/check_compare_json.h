// The JSON report of a comparison of two check reports: schema "sockspec/check-compare/1",
// reports/schema/check-compare.schema.json.
#pragma once

#include <string>

#include "reports/comparison_story.h"

namespace sockspec::reports {

// `tool_version` is that of the sockspec that compares; the reports name their own.
std::string check_comparison_to_json(const CheckComparison& compared, const ComparedFiles& files,
                                     const std::string& tool_version);

}  // namespace sockspec::reports
