// The plan of a load run in its JSON report: every option by its name, with _ for -.
//
// The profile and the seed are not in it: they are fields of the report, as in every report.
#pragma once

#include "core/load/load_plan.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

scenario::Json load_plan_to_json(const load::LoadPlan& plan);

// Errors go to the reader's latch. The arrivals and thresholds come from the parsers of the
// options, so they keep what those promise.
load::LoadPlan load_plan_from_json(const scenario::Reader& in);

}  // namespace sockspec::reports
