#include "cli/check_comparison.h"

#include <cstdio>
#include <functional>
#include <utility>

#include "core/compare_checks.h"
#include "core/exit_codes.h"
#include "reports/check_compare_json.h"
#include "reports/check_compare_markdown.h"
#include "reports/check_compare_text.h"
#include "reports/check_json.h"
#include "reports/html/check_compare_page.h"
#include "reports/write_file.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

Result<CheckReport> read_report(const std::string& file, const std::string& lang) {
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return text.error();
  Result<CheckReport> report = reports::check_report_from_json(*text, file);
  if (report) report->lang = lang;
  return report;
}

}  // namespace

Result<int> compare_check_reports(const CheckComparisonOptions& options) {
  const auto old = read_report(options.old_file, options.lang);
  if (!old) return old.error();
  const auto now = read_report(options.new_file, options.lang);
  if (!now) return now.error();
  const Result<CheckComparison> compared = compare_checks(*old, *now);
  if (!compared) {
    return Error{compared.error().kind,
                 options.old_file + " and " + options.new_file + ": " + compared.error().text};
  }
  const reports::ComparedFiles files{options.old_file, options.new_file};
  const reports::ComparisonStory story = reports::story_of(*compared, files);
  std::FILE* const people = options.data_to_stdout ? stderr : stdout;
  std::fputs(reports::check_compare_text(story, options.style).c_str(), people);
  if (std::fflush(people) != 0)
    return Error{ErrorKind::Harness, "the comparison could not be written to standard output"};
  const std::pair<const std::string&, std::function<std::string()>> documents[] = {
      {options.json_file,
       [&] { return reports::check_comparison_to_json(*compared, files, SOCKSPEC_VERSION); }},
      {options.markdown_file, [&] { return reports::check_compare_markdown(story, options.lang); }},
      {options.html_file, [&] { return reports::check_compare_html(story, options.lang); }}};
  for (const auto& [file, document] : documents) {
    if (file.empty()) continue;
    if (auto written = reports::write_file(file, document()); !written) return written.error();
  }
  return exit_code_of(*compared);
}

}  // namespace sockspec::cli
