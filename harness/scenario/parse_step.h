// The steps of a scenario from JSON: one verb a step, with the fields that go with it.
#pragma once

#include <vector>

#include "core/scenario.h"
#include "scenario/json_reader.h"

namespace sockspec::scenario {

Requirement read_requirement(const Reader& in);

// `depth` counts the loops around these steps.
std::vector<Step> read_steps(const Reader& in, int depth);

}  // namespace sockspec::scenario
