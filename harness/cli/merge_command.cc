// sockspec merge: the shards of one load run, or of one class, as one report.
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load_reports.h"
#include "cli/merge_grades.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "core/load/merge.h"

namespace sockspec::cli {
namespace {

constexpr std::size_t kMostReports = 10'000;

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec merge REPORT.json …\n",
      "Adds up the reports of all shards of one load run, as if one machine had done it all, and\n"
      "says what the whole shows: counters and histograms are added, thresholds evaluated once.\n"
      "Or joins the parts of a class (sockspec grade --shard).\n\n"
      "  sockspec load tcp-echo --rate 10k --seed 7 --shard 1/2 --target host:7 --json 1.json\n"
      "  sockspec load tcp-echo --rate 10k --seed 7 --shard 2/2 --target host:7 --json 2.json\n"
      "  sockspec merge 1.json 2.json --json whole.json\n",
      {{"json", "FILE", "write the report there; - for standard output"},
       {"html", "FILE", "as one page, with curves; of a class: the folder of its pages"},
       {"csv", "FILE", "of a class: a table, one row for each submission"},
       {"quiet", "", "only the conclusion"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"}},
      1,
      kMostReports,
      "REPORT.json"};
  return kSpec;
}

Result<load::LoadReport> read_and_merge(const std::vector<std::string>& files) {
  std::vector<load::LoadReport> shards;
  for (const std::string& file : files) {
    Result<load::LoadReport> report = read_load_report(file);
    if (!report) return report.error();
    shards.push_back(std::move(*report));
  }
  return load::merge(std::move(shards));
}

}  // namespace

int merge_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<reports::Style> style = style_from(*options, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  const Result<bool> of_a_class = is_class_report(options->operands().front());
  if (!of_a_class) return report_error(of_a_class.error());
  if (*of_a_class) return merge_grades(*options, *lang, *style);
  if (auto fits = options->refuse({"csv"}, " is for the parts of a class"); !fits)
    return report_error(fits.error());
  const Result<LoadFiles> files = load_files_from(*options);
  if (!files) return report_error(files.error());
  Result<load::LoadReport> merged = read_and_merge(options->operands());
  if (!merged) return report_error(merged.error());
  merged->lang = *lang;
  return publish(*merged, *style, *files, options->has("quiet"));
}

}  // namespace sockspec::cli
