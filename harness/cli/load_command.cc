// sockspec load: load a server, check every reply, and report.
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/find_rate.h"
#include "cli/load_in_turn.h"
#include "cli/load_options.h"
#include "cli/load_reports.h"
#include "cli/load_session.h"
#include "cli/plan_file.h"
#include "cli/terminal.h"
#include "core/load/preflight.h"
#include "reports/messages.h"
#include "supervise/limits.h"

namespace sockspec::cli {
namespace {

// What this machine cannot do is said before the run: afterwards it looks like the server's fault.
Result<Nothing> prepare(LoadOptions& options) {
  const check::CheckOptions& run = options.server.run;
  const Result<io::Address> server =
      run.target ? Result<io::Address>(*run.target) : io::Address::resolve(run.host, 0);
  if (!server) return server.error();
  const load::Preflight found =
      load::preflight(options.plan, supervise::limits_towards(*server), server->is_loopback());
  if (found.refused) return *found.refused;
  options.plan.source_addresses = found.source_addresses;
  options.warnings = found.warnings;
  if (options.quiet) return supervise::raise_descriptors(found.descriptors_needed);
  for (const Message& warning : found.warnings) {
    const Message said{"load.warning", {{"what", reports::render(warning, options.lang)}}};
    std::fprintf(stderr, "%s\n", reports::render(said, options.lang).c_str());
  }
  return supervise::raise_descriptors(found.descriptors_needed);
}

}  // namespace

int load_command(const Words& words) {
  const Result<ParsedOptions> parsed = parse_options(load_spec(), words);
  if (!parsed) return report_error(parsed.error());
  if (parsed->help()) return std::fputs(help_text(load_spec()).c_str(), stdout), kHolds;
  const Result<ParsedOptions> planned = with_plan_file(load_spec(), *parsed);
  if (!planned) return report_error(planned.error());
  Result<LoadOptions> options = plan_load(*planned);
  if (!options) return report_error(options.error());
  const Result<reports::Style> style = style_from(*planned, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  if (auto ready = prepare(*options); !ready) return report_error(ready.error());
  if (!options->other_command.empty()) {
    const Result<int> exit_code = load_in_turn(*options, words);
    return exit_code ? *exit_code : report_error(exit_code.error());
  }
  Result<load::LoadReport> report =
      options->objective ? find_rate(*options, words) : play_load(*options, words);
  if (!report) return report_error(report.error());
  return publish(*report, *style, options->files, options->quiet);
}

}  // namespace sockspec::cli
