// The limits of this machine, before a load.
#pragma once

#include "cli/load_options.h"
#include "core/result.h"

namespace sockspec::cli {

// Warns on standard error and in the report, chooses source addresses, and raises what may be
// raised. Error: the plan cannot be carried out here, and what to do.
Result<Nothing> preflight_load(LoadOptions& options);

}  // namespace sockspec::cli
