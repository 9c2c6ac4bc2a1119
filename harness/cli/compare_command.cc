// sockspec compare: two check reports, or saved load reports of one server against those of
// another.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <utility>

#include "cli/check_comparison.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/exit_code.h"
#include "cli/load_reports.h"
#include "cli/options.h"
#include "cli/report_files.h"
#include "cli/terminal.h"
#include "core/load/compare_runs.h"
#include "reports/report_kind.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

constexpr std::size_t kMostReports = 10'000;
constexpr char kOtherSide[] =
    "name the reports of the other side: sockspec compare OLD.json NEW.json of sockspec check, or "
    "sockspec compare A1.json A2.json --with B1.json --with B2.json of sockspec load";

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec compare OLD.json NEW.json                    reports of sockspec check\n"
      "  sockspec compare A.json … --with B.json [--with …]    reports of sockspec load\n",
      "Two reports of sockspec check: what broke, was fixed, or changed, and where replies got "
      "slower.\n\n"
      "  sockspec compare main.json branch.json --markdown comment.md\n\n"
      "Exits with 1 when something is newly broken: it did not fail in OLD and fails in NEW. New\n"
      "warnings, slower replies and known failures never do that. 5 when nothing broke for "
      "certain,\n"
      "but something that held is no longer judged or asked, or fails and was not judged before;\n"
      "3 when the server of NEW could not be reached; 4 when a run was interrupted or not valid, "
      "or\n"
      "nothing was judged in both; 2 when the contracts differ; else 0.\n\n"
      "Reports of sockspec load, of one server (or version) and of another: is B faster?\n"
      "The unit is the run, so several of each are needed; fewer than four a side say nothing. "
      "Take\n"
      "them in turn (A B B A …), because machines drift.\n\n"
      "  sockspec compare old-*.json --with new-1.json --with new-2.json … --metric "
      "response.p99\n\n"
      "Exits with 0 when B is faster, 1 when it is slower or failed, 5 when that cannot be told,\n"
      "4 when one of the runs is not valid.\n",
      {{"markdown", "FILE",
        "of check reports: write the comparison there, for a pull request; - for\n"
        "standard output"},
       {"with", "FILE", "a load report of B", true},
       {"metric", "NAME",
        "such as response.p99, service.p50, rate or errors; by default the rate of\n"
        "a closed loop and response.p99 of an open one"},
       {"seed", "N", "of the resampling of load reports; 1 by default"},
       {"json", "FILE", "write the comparison there; - for standard output"},
       {"html", "FILE", "as one page"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"}},
      1,
      kMostReports,
      "A.json"};
  return kSpec;
}

// Reports stay where they are: a run points at its report.
Result<std::vector<load::NamedRun>> read(const std::vector<std::string>& files,
                                         std::deque<load::LoadReport>& reports) {
  std::vector<load::NamedRun> runs;
  for (const std::string& file : files) {
    Result<load::LoadReport> report = read_load_report(file);
    if (!report) return report.error();
    reports.push_back(std::move(*report));
    runs.push_back({file, &reports.back()});
  }
  return runs;
}

Result<int> compare_loads(const ParsedOptions& options, const std::string& lang) {
  if (options.has("markdown")) {
    return usage_error(
        "--markdown is for two reports of sockspec check; a comparison of load reports has --json");
  }
  if (!options.has("with")) return usage_error(kOtherSide);
  ComparisonOptions how;
  how.lang = lang;
  const Result<LoadFiles> files = load_files_from(options);
  if (!files) return files.error();
  how.files = *files;
  const Result<std::uint64_t> seed = options.number("seed", 1, 0, ~std::uint64_t{0});
  if (!seed) return seed.error();
  how.seed = *seed;
  if (options.has("metric")) {
    const Result<load::Metric> named = load::parse_metric(options.text("metric"));
    if (!named) return named.error();
    how.metric = *named;
  }
  std::deque<load::LoadReport> reports;
  const auto a = read(options.operands(), reports);
  if (!a) return a.error();
  const auto b = read(options.all("with"), reports);
  if (!b) return b.error();
  return publish_comparison(*a, *b, how);
}

Result<int> compare_two_checks(const ParsedOptions& options, const std::string& lang) {
  for (const char* const load_only : {"with", "metric", "seed"}) {
    if (!options.has(load_only)) continue;
    return usage_error("--" + std::string(load_only) +
                       " is for reports of sockspec load, and these are of sockspec check: write "
                       "sockspec compare OLD.json NEW.json");
  }
  if (options.operands().size() != 2) {
    return usage_error("two reports of sockspec check are compared, and here are " +
                       std::to_string(options.operands().size()) +
                       ": write sockspec compare OLD.json NEW.json");
  }
  CheckComparisonOptions how;
  how.old_file = options.operands()[0];
  how.new_file = options.operands()[1];
  how.lang = lang;
  how.json_file = options.text("json");
  how.markdown_file = options.text("markdown");
  how.html_file = options.text("html");
  const auto data_to_stdout = one_to_stdout(options, {"json", "html", "markdown"});
  if (!data_to_stdout) return data_to_stdout.error();
  how.data_to_stdout = *data_to_stdout;
  const Result<reports::Style> style = style_from(options, STDOUT_FILENO);
  if (!style) return style.error();
  how.style = *style;
  return compare_check_reports(how);
}

Result<reports::ReportKind> kind_of(const std::string& file) {
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return text.error();
  return reports::report_kind(*text, file);
}

const char* command_of(reports::ReportKind kind) {
  return kind == reports::ReportKind::Check ? "sockspec check" : "sockspec load";
}

Result<int> compare_files(const ParsedOptions& options, const std::string& lang) {
  std::vector<std::string> files = options.operands();
  files.insert(files.end(), options.all("with").begin(), options.all("with").end());
  if (files.size() < 2) return usage_error(kOtherSide);
  const Result<reports::ReportKind> kind = kind_of(files.front());
  if (!kind) return kind.error();
  for (std::size_t i = 1; i < files.size(); ++i) {
    const Result<reports::ReportKind> other = kind_of(files[i]);
    if (!other) return other.error();
    if (*other == *kind) continue;
    return usage_error(files.front() + " is a report of " + command_of(*kind) + ", " + files[i] +
                       " one of " + command_of(*other) + "; compare reports of one command");
  }
  return *kind == reports::ReportKind::Check ? compare_two_checks(options, lang)
                                             : compare_loads(options, lang);
}

}  // namespace

int compare_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  if (options->has_server_command())
    return report_error(usage_error("compare takes no \"--\": it runs no server"));
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<int> exit_code = compare_files(*options, *lang);
  return exit_code ? *exit_code : report_error(exit_code.error());
}

}  // namespace sockspec::cli
