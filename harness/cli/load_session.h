// One load run from the command line: the server, if it is ours, the load, and what it cost.
#pragma once

#include <string>

#include "cli/commands.h"
#include "cli/load_options.h"
#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::cli {

// The report is not judged yet. `words` are those of the command line; `title` stands before the
// status line. A server of ours is started for this run and ended with it. Errors: the server
// could not be started, or reached; the profile sends no replies; the file of events cannot be
// written.
Result<load::LoadReport> play_load(const LoadOptions& options, const Words& words,
                                   const std::string& title = "");

}  // namespace sockspec::cli
