#include "cli/load_reports.h"

#include <cstdio>

#include "cli/exit_code.h"
#include "cli/report_files.h"
#include "reports/html/load_page.h"
#include "reports/load_json.h"
#include "reports/load_text.h"
#include "reports/write_file.h"
#include "scenario/read_file.h"

namespace sockspec::cli {

Result<load::LoadReport> read_load_report(const std::string& file) {
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return text.error();
  return reports::load_report_from_json(*text, file);
}

Result<LoadFiles> load_files_from(const ParsedOptions& options) {
  const Result<bool> data_to_stdout = one_to_stdout(options, {"json", "html"});
  if (!data_to_stdout) return data_to_stdout.error();
  return LoadFiles{options.text("json"), options.text("html"), *data_to_stdout};
}

int publish(const LoadFiles& files, const std::string& text,
            const std::function<std::string()>& json, const std::function<std::string()>& html,
            int exit_code) {
  std::FILE* const people = files.data_to_stdout ? stderr : stdout;
  std::fputs(text.c_str(), people);
  if (std::fflush(people) != 0 && exit_code == kHolds) exit_code = kInvalid;
  if (!files.json.empty()) {
    const auto written = reports::write_file(files.json, json());
    if (!written) exit_code = report_error(written.error());
  }
  if (!files.html.empty()) {
    const auto written = reports::write_file(files.html, html());
    if (!written) exit_code = report_error(written.error());
  }
  return exit_code;
}

int publish(load::LoadReport& report, const reports::Style& style, const LoadFiles& files,
            bool quiet) {
  judge(report);
  return publish(
      files, reports::load_text(report, style, quiet),
      [&] { return reports::load_report_to_json(report); },
      [&] { return reports::load_html(report); }, report.exit_code);
}

}  // namespace sockspec::cli
