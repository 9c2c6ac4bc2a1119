// The suite: all scenarios, from inside the binary or from a folder.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/scenario.h"

namespace sockspec::scenario {

Result<std::vector<Scenario>> builtin_suite();

// All files <topic>/<slug>.json below `folder`, sorted by id; other folders in it (profiles/,
// schema/) are left alone. Errors: unreadable files, an empty folder, whatever parse_scenario says.
Result<std::vector<Scenario>> load_suite(const std::string& folder);

}  // namespace sockspec::scenario
