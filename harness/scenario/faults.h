// Reading the catalogue of faults.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.h"
#include "core/result.h"

namespace sockspec::scenario {

// Errors: file, JSON pointer, what is wrong and what would be right.
Result<Fault> parse_fault(std::string_view text, const std::string& file);

// The catalogue inside the binary, by topic and name.
Result<std::vector<Fault>> builtin_faults();

// One of them, without reading the others; none where there is none of that name.
Result<std::optional<Fault>> builtin_fault(const std::string& name);

}  // namespace sockspec::scenario
