// Reading the catalogue of faults.
#pragma once

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

}  // namespace sockspec::scenario
