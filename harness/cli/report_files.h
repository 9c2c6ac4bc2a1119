// The formats in which a report can be asked for, and where each goes: --json FILE, --junit FILE, …
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "core/check_report.h"
#include "core/result.h"

namespace sockspec::cli {

struct ReportFile {
  std::string format;  // "junit", the option without its dashes
  std::string file;    // "-" = standard output
};

// One for each format, for --help and for parse_options; and --github (cli/github.h).
std::vector<OptionSpec> report_file_options();
std::vector<std::string> report_file_names();

// Those that were asked for, in the order of --help.
std::vector<ReportFile> report_files_from(const ParsedOptions& options);

// Standard output holds one document. `options` are names of such as take a file, or "-".
// Error: two of them want standard output.
Result<bool> one_to_stdout(const ParsedOptions& options, std::vector<std::string> names);

// Each whole or not at all. Every file is tried; the errors are those that could not be written.
std::vector<Error> write_report_files(const std::vector<ReportFile>& files,
                                      const CheckReport& report);

}  // namespace sockspec::cli
