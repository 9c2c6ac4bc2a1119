// When requests are due, from the options of `sockspec load`: a closed loop, one law, or stages.
#pragma once

#include "cli/options.h"
#include "core/load/load_plan.h"
#include "core/result.h"

namespace sockspec::cli {

// What a stage takes: rate, arrivals, burst, period and duration.
const CommandSpec& stage_spec();

// Fills `stages`, and with stages `duration`, which is what the plan holds already otherwise.
Result<Nothing> plan_arrivals(const ParsedOptions& options, load::LoadPlan& plan);

}  // namespace sockspec::cli
