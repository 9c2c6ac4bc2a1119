// Were all ranks started alike? A run with two configurations has no meaning as a whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/load_options.h"
#include "cli/options.h"
#include "core/result.h"

namespace sockspec::cli {

// All that must be the same on every rank, and the name of this host, as one line; with a hash.
std::string rank_setting(const ParsedOptions& given, const LoadOptions& options);

// Error (Harness): which ranks differ from the others, and in what.
std::optional<Error> setting_difference(const std::vector<std::string>& settings);

}  // namespace sockspec::cli
