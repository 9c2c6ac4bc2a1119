// sockspec load --find-rate: the highest rate at which an objective holds, run by run.
#pragma once

#include <functional>
#include <string>

#include "cli/load_options.h"
#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::cli {

// One run of the search; the title stands before its status line.
using PlayTrial =
    std::function<Result<load::LoadReport>(const LoadOptions& trial, const std::string& title)>;

// The report of a run at the rate that was found, with the search in it. Errors: those of each
// run; nobody answers any more.
Result<load::LoadReport> find_rate(const LoadOptions& options, const PlayTrial& play);

}  // namespace sockspec::cli
