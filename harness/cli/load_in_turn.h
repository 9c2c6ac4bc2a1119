// sockspec load --ab: two servers under the same load, in turn (A B B A …), because machines drift.
#pragma once

#include "cli/commands.h"
#include "cli/load_options.h"
#include "core/result.h"

namespace sockspec::cli {

// The exit code, once the comparison was shown. Errors: those of each run, and a run that is not
// valid.
Result<int> load_in_turn(const LoadOptions& options, const Words& words);

}  // namespace sockspec::cli
