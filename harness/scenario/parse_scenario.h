// Scenarios from JSON (the format: docs/scenarios.md, scenarios/schema/scenario.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "core/scenario.h"

namespace sockspec::scenario {

// `file` is only named in errors. Errors: not JSON, unknown steps or fields (the nearest is named),
// durations without a unit, an id that does not fit the file's name.
Result<Scenario> parse_scenario(std::string_view text, const std::string& file);

}  // namespace sockspec::scenario
