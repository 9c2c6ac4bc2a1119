// sockspec compare: saved load reports of one server against those of another.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <utility>

#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/exit_code.h"
#include "cli/load_reports.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "core/load/compare_runs.h"

namespace sockspec::cli {
namespace {

constexpr std::size_t kMostReports = 10'000;

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec compare A.json … --with B.json [--with …]\n",
      "Compares the load reports of one server (or version) with those of another: is B faster?\n"
      "The unit is the run, so several of each are needed; fewer than four a side say nothing. "
      "Take\n"
      "them in turn (A B B A …), because machines drift.\n\n"
      "  sockspec compare old-*.json --with new-1.json --with new-2.json … --metric "
      "response.p99\n\n"
      "Exits with 0 when B is faster, 1 when it is slower or failed, 5 when that "
      "cannot be told, 4 when one "
      "of\n"
      "the runs is not valid.\n",
      {{"with", "FILE", "a report of B", true},
       {"metric", "NAME",
        "such as response.p99, service.p50, rate or errors; by default the rate of a closed loop "
        "and\nresponse.p99 of an open one"},
       {"seed", "N", "of the resampling; 1 by default"},
       {"json", "FILE", "write the comparison there, with the reports; - for standard output"},
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

Result<int> compare_files(const ParsedOptions& options, const std::string& lang) {
  if (!options.has("with")) {
    return usage_error(
        "name the reports of the other side: sockspec compare A1.json A2.json --with B1.json "
        "--with B2.json");
  }
  ComparisonOptions how;
  how.lang = lang;
  how.json_file = options.text("json");
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

}  // namespace

int compare_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<int> exit_code = compare_files(*options, *lang);
  return exit_code ? *exit_code : report_error(exit_code.error());
}

}  // namespace sockspec::cli
