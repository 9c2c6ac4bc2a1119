#include "cli/check_comparison.h"

#include <cstdio>
#include <utility>

#include "core/compare_checks.h"
#include "core/exit_codes.h"
#include "reports/check_compare_json.h"
#include "reports/check_compare_markdown.h"
#include "reports/check_compare_text.h"
#include "reports/check_json.h"
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

Result<Nothing> write(const std::string& file, const std::string& text) {
  return file.empty() ? Result<Nothing>(Nothing{}) : reports::write_file(file, text);
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
  if (options.json_file != "-" && options.markdown_file != "-") {
    std::fputs(reports::check_compare_text(story, options.style).c_str(), stdout);
    if (std::fflush(stdout) != 0)
      return Error{ErrorKind::Harness, "the comparison could not be written to standard output"};
  }
  const auto json = write(options.json_file,
                          reports::check_comparison_to_json(*compared, files, SOCKSPEC_VERSION));
  if (!json) return json.error();
  const auto markdown =
      write(options.markdown_file, reports::check_compare_markdown(story, options.lang));
  if (!markdown) return markdown.error();
  return exit_code_of(*compared);
}

}  // namespace sockspec::cli
