#include "cli/load_reports.h"

#include <cstdio>

#include "cli/exit_code.h"
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

int publish(load::LoadReport& report, const reports::Style& style, const std::string& json_file,
            bool quiet) {
  judge(report);
  if (json_file != "-") std::fputs(reports::load_text(report, style, quiet).c_str(), stdout);
  if (!json_file.empty()) {
    const auto written = reports::write_file(json_file, reports::load_report_to_json(report));
    if (!written) return report_error(written.error());
  }
  return report.exit_code;
}

}  // namespace sockspec::cli
