// Load reports as the commands about them take and give them.
#pragma once

#include <functional>
#include <string>

#include "cli/options.h"
#include "core/load/load_report.h"
#include "core/result.h"
#include "reports/style.h"

namespace sockspec::cli {

Result<load::LoadReport> read_load_report(const std::string& file);

// Where a report, or a comparison of reports, goes beside the terminal.
struct LoadFiles {
  std::string json;  // "" = not, "-" = standard output
  std::string html;
  bool data_to_stdout = false;  // so people read on standard error
};

// --json and --html. Errors: a file without a name; both want standard output.
Result<LoadFiles> load_files_from(const ParsedOptions& options);

// `text` for people, and what was asked for beside it, made only then. The exit code: this one, or
// that of what could not be written.
int publish(const LoadFiles& files, const std::string& text,
            const std::function<std::string()>& json, const std::function<std::string()>& html,
            int exit_code);

// Judges the report, then as above.
int publish(load::LoadReport& report, const reports::Style& style, const LoadFiles& files,
            bool quiet);

}  // namespace sockspec::cli
