// Load reports as the commands about them take and give them.
#pragma once

#include <string>

#include "core/load/load_report.h"
#include "core/result.h"
#include "reports/style.h"

namespace sockspec::cli {

Result<load::LoadReport> read_load_report(const std::string& file);

// Judges it, shows it, writes it as JSON (json_file "" = not, "-" = standard output, in place of
// the text), and returns the exit code of the command.
int publish(load::LoadReport& report, const reports::Style& style, const std::string& json_file,
            bool quiet);

}  // namespace sockspec::cli
