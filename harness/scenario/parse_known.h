// The list of known failures (--known) from JSON: scenarios/schema/known.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/known_failures.h"
#include "core/result.h"

namespace sockspec::scenario {

// `file` is only named in errors. Errors: not JSON, fields that are unknown (the nearest is named),
// missing or empty, dates that no calendar has, a pattern that stands twice.
Result<std::vector<KnownEntry>> parse_known(std::string_view text, const std::string& file);

Result<std::vector<KnownEntry>> load_known(const std::string& file);

}  // namespace sockspec::scenario
