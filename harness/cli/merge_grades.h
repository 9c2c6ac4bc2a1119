// sockspec merge, of the parts of a class.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "core/result.h"
#include "reports/style.h"

namespace sockspec::cli {

// Was the report in this file written by `sockspec grade`? Errors: unreadable, not JSON.
Result<bool> is_class_report(const std::string& file);

// Reads the reports of `sockspec grade --shard`, and writes and shows the whole. Returns the exit
// code. `--html` is the folder into which all parts wrote their pages: it gets the overview of the
// whole.
int merge_grades(const ParsedOptions& options, const std::string& lang,
                 const reports::Style& style);

}  // namespace sockspec::cli
