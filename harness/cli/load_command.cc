// sockspec load: load a server, check every reply, and report.
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/find_rate.h"
#include "cli/load_in_turn.h"
#include "cli/load_options.h"
#include "cli/load_preflight.h"
#include "cli/load_ranks.h"
#include "cli/load_reports.h"
#include "cli/load_session.h"
#include "cli/plan_file.h"
#include "cli/rank_report.h"
#include "cli/terminal.h"
#include "mpi/launched.h"

namespace sockspec::cli {
namespace {

// A process that is given its part by hand is not one of a launcher's ranks.
bool is_shard(const Result<ParsedOptions>& parsed) {
  if (!parsed) return false;
  const Result<ParsedOptions> planned = with_plan_file(load_spec(), *parsed);
  return planned && planned->has("shard");
}

}  // namespace

int load_command(const Words& words) {
  const Result<ParsedOptions> parsed = parse_options(load_spec(), words);
  const std::optional<mpi::Launched> launched = mpi::launched(environment_variable);
  const bool help = parsed && parsed->help();
  if (launched && launched->size > 1 && !help && !is_shard(parsed))
    return load_as_rank(words, *launched);
  if (!parsed) return report_error(parsed.error());
  if (help) return std::fputs(help_text(load_spec()).c_str(), stdout), kHolds;
  const Result<ParsedOptions> planned = with_plan_file(load_spec(), *parsed);
  if (!planned) return report_error(planned.error());
  Result<LoadOptions> options = plan_load(*planned);
  if (!options) return report_error(options.error());
  const Result<reports::Style> style = style_from(*planned, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  if (auto ready = preflight_load(*options); !ready) return report_error(ready.error());
  if (!options->other_command.empty()) {
    const Result<int> exit_code = load_in_turn(*options, words);
    return exit_code ? *exit_code : report_error(exit_code.error());
  }
  const auto play = [&](const LoadOptions& run, const std::string& title) {
    return play_load(run, words, title);
  };
  Result<load::LoadReport> report =
      options->objective ? find_rate(*options, play) : play(*options, "");
  if (!report) return report_error(report.error());
  // When the shards are merged, the table of them says which machine each was.
  if (options->plan.shard.count > 1) report->ranks = {rank_line(*report)};
  return publish(*report, *style, options->files, options->quiet);
}

}  // namespace sockspec::cli
