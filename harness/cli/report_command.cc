// sockspec report: a saved report again, in any format.
#include <unistd.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/github.h"
#include "cli/load_reports.h"
#include "cli/options.h"
#include "cli/report_files.h"
#include "cli/terminal.h"
#include "reports/check_json.h"
#include "reports/console.h"
#include "reports/html/load_page.h"
#include "reports/load_json.h"
#include "reports/load_text.h"
#include "reports/report_kind.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

std::vector<OptionSpec> report_options() {
  std::vector<OptionSpec> options = report_file_options();
  const std::vector<OptionSpec> rest = {
      {"lang", "en|ko", "the language of what you read; from the locale by default"},
      {"color", "WHEN", "auto, always or never"},
      {"quiet", "", "on the terminal only what is wrong, and the verdict"}};
  options.insert(options.end(), rest.begin(), rest.end());
  return options;
}

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec report REPORT.json                   as on the terminal\n"
      "  sockspec report REPORT.json --junit FILE …    in other formats\n",
      "Shows a saved report again: what sockspec check or sockspec load has written with --json. "
      "Of\n"
      "load there are --json and --html.\n\n"
      "  sockspec report report.json --lang ko\n"
      "  sockspec report report.json --junit junit.xml --markdown summary.md\n\n"
      "Exits with 0 when all of it was written, whatever the report says.\n",
      report_options(),
      1,
      1,
      "REPORT.json"};
  return kSpec;
}

bool for_another_format(const ParsedOptions& options) {
  return options.has("github") || !report_files_from(options).empty();
}

Result<int> show_check(const std::string& text, const ParsedOptions& options,
                       const std::string& lang, const reports::Style& style) {
  Result<CheckReport> report = reports::check_report_from_json(text, options.operands()[0]);
  if (!report) return report.error();
  report->lang = lang;
  const Result<bool> data_to_stdout = one_to_stdout(options, report_file_names());
  if (!data_to_stdout) return data_to_stdout.error();
  if (!for_another_format(options))
    std::fputs(reports::console_report(*report, style, options.has("quiet")).c_str(), stdout);
  int code = kHolds;
  for (const Error& error : write_report_files(report_files_from(options), *report))
    code = report_error(error);
  if (!options.has("github")) return code;
  const auto told = tell_github(*report, *data_to_stdout ? stderr : stdout);
  return told ? code : report_error(told.error());
}

Result<int> show_load(const std::string& text, const ParsedOptions& options,
                      const std::string& lang, const reports::Style& style) {
  std::vector<std::string> others = report_file_names();
  std::erase_if(others, [](const std::string& name) { return name == "json" || name == "html"; });
  others.push_back("github");
  const auto fits = options.refuse(others, " is for reports of sockspec check, and " +
                                               options.operands()[0] + " is one of sockspec load");
  if (!fits) return fits.error();
  const Result<LoadFiles> files = load_files_from(options);
  if (!files) return files.error();
  Result<load::LoadReport> report = reports::load_report_from_json(text, options.operands()[0]);
  if (!report) return report.error();
  report->lang = lang;
  const bool for_people = files->json.empty() && files->html.empty();
  return publish(
      *files, for_people ? reports::load_text(*report, style, options.has("quiet")) : "",
      [&] { return reports::load_report_to_json(*report); },
      [&] { return reports::load_html(*report); }, kHolds);
}

}  // namespace

int report_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  if (options->has_server_command())
    return report_error(usage_error("report takes no \"--\": it runs no server"));
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<reports::Style> style = style_from(*options, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  const std::string& file = options->operands()[0];
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return report_error(text.error());
  const Result<reports::ReportKind> kind = reports::report_kind(*text, file);
  if (!kind) return report_error(kind.error());
  const auto show = *kind == reports::ReportKind::Load ? show_load : show_check;
  const Result<int> code = show(*text, *options, *lang, *style);
  if (!code) return report_error(code.error());
  return std::fflush(stdout) == 0 ? *code : kInvalid;
}

}  // namespace sockspec::cli
