// sockspec load --find-rate: the highest rate at which an objective holds, run by run.
#pragma once

#include "cli/commands.h"
#include "cli/load_options.h"
#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::cli {

// The report of a run at the rate that was found, with the search in it. Errors: those of each
// run.
Result<load::LoadReport> find_rate(const LoadOptions& options, const Words& words);

}  // namespace sockspec::cli
