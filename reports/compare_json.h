// The JSON report of a comparison: schema "sockspec/load-compare/1",
// reports/schema/load-compare.schema.json.
#pragma once

#include <string>

#include "core/load/compare_runs.h"

namespace sockspec::reports {

// `runs_a` and `runs_b` are those that were compared, in the same order.
std::string comparison_to_json(const load::RunComparison& compared,
                               const std::vector<load::NamedRun>& runs_a,
                               const std::vector<load::NamedRun>& runs_b, int exit_code);

}  // namespace sockspec::reports
