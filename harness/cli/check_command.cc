// sockspec check: play the suite with a server and report.
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>

#include "check/check_run.h"
#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "reports/check_json.h"
#include "reports/console.h"
#include "reports/write_file.h"
#include "supervise/machine.h"
#include "supervise/process_table.h"

namespace sockspec::cli {
namespace {

std::string now_rfc3339() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

CheckReport empty_report(const CheckPlan& plan, const Words& words) {
  const supervise::Machine machine = supervise::measure_machine();
  CheckReport report;
  report.tool_version = SOCKSPEC_VERSION;
  report.started_at = now_rfc3339();
  report.command = {"sockspec", "check"};
  report.command.insert(report.command.end(), words.begin(), words.end());
  report.os = machine.os;
  report.kernel = machine.kernel;
  report.cpus = machine.cpus;
  report.environment = machine.environment;
  if (plan.scale) report.environment.scale = *plan.scale;
  report.target.command = plan.run.command;
  report.target.builtin = plan.builtin_server;
  if (plan.run.target) report.target.address = plan.run.target->text();
  report.profile = plan.run.profile;
  report.seed = plan.run.seed;
  report.strict = plan.strict;
  report.lang = plan.lang;
  report.scenarios_folder = plan.scenarios_folder;
  return report;
}

void add_skipped(const Selection& selection, CheckReport& report) {
  for (const Skipped& skipped : selection.skipped) {
    ScenarioResult result;
    result.scenario = skipped.scenario->id;
    result.version = skipped.scenario->version;
    result.title = skipped.scenario->title;
    result.level = skipped.scenario->level;
    result.outcome = Outcome::Skipped;
    result.reason = skipped.reason;
    report.results.push_back(std::move(result));
  }
}

// Lanes finish in any order; people read the suite's.
void sort_results(const std::vector<Scenario>& suite, CheckReport& report) {
  const auto place = [&](const ScenarioResult& result) {
    const auto found = std::find_if(suite.begin(), suite.end(), [&](const Scenario& scenario) {
      return scenario.id == result.scenario;
    });
    if (found != suite.end() && found->sanity) return suite.begin() - suite.end();
    return found - suite.begin();
  };
  std::stable_sort(
      report.results.begin(), report.results.end(),
      [&](const ScenarioResult& a, const ScenarioResult& b) { return place(a) < place(b); });
}

Result<Nothing> play(const CheckPlan& plan, const Selection& selection, CheckReport& report) {
  Result<Nothing> outcome = Nothing{};
  ProgressLine progress(plan.quiet);
  io::Loop loop;
  check::CheckRun run(loop, plan.run, selection, report,
                      [&](const check::Progress& state) { progress.show(state); });
  Signals signals(loop, [&](int signal) { run.interrupt(signal); });
  run.start([&](Result<Nothing> result) {
    outcome = std::move(result);
    signals.stop();
  });
  loop.run();
  return outcome;
}

// A run that could not begin is a report too: a gate reads why, not just a code.
void note_error(const Error& error, const Selection& selection, CheckReport& report) {
  report.invalid = Message{"error.text", {{"text", error.text}}};
  if (!report.results.empty() || !selection.sanity) return;
  ScenarioResult result;
  result.scenario = selection.sanity->id;
  result.version = selection.sanity->version;
  result.title = selection.sanity->title;
  result.level = selection.sanity->level;
  result.reason = {"reason.no-server"};
  report.results.push_back(std::move(result));
}

int finish(const CheckPlan& plan, CheckReport& report, const ParsedOptions& options) {
  const bool json_to_stdout = plan.json_file == "-";
  std::FILE* const people = json_to_stdout ? stderr : stdout;
  int code = report.exit_code;
  Result<Nothing> written = Nothing{};
  if (!plan.json_file.empty())
    written = reports::write_file(plan.json_file, reports::check_report_to_json(report));
  const Result<reports::Style> style = style_from(options, fileno(people));
  const std::string text =
      reports::console_report(report, style ? *style : reports::Style{}, plan.quiet);
  std::fputs(text.c_str(), people);
  if (std::fflush(people) != 0 && code == kHolds) code = kInvalid;
  if (!written) {
    const int failed = report_error(written.error());
    return code == kHolds || code == kServerFailed ? failed : code;
  }
  return code;
}

}  // namespace

int check_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(check_spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(check_spec()).c_str(), stdout), kHolds;
  if (const auto style = style_from(*options, STDOUT_FILENO); !style)
    return report_error(style.error());
  const Result<CheckPlan> plan = plan_check(*options);
  if (!plan) return report_error(plan.error());
  const Result<Selection> selection = select(plan->suite, plan->run.profile, plan->selection);
  if (!selection) return report_error(selection.error());

  supervise::become_subreaper();
  CheckReport report = empty_report(*plan, words);
  const Result<Nothing> outcome = play(*plan, *selection, report);
  if (!plan->run.target) supervise::end_descendants();
  if (!outcome) note_error(outcome.error(), *selection, report);
  add_skipped(*selection, report);
  sort_results(plan->suite, report);
  report.exit_code = outcome ? exit_code_of(report) : exit_code_of(outcome.error().kind);
  if (outcome) return finish(*plan, report, *options);
  if (!plan->json_file.empty()) {
    const auto written =
        reports::write_file(plan->json_file, reports::check_report_to_json(report));
    if (!written) report_error(written.error());
  }
  return report_error(outcome.error());
}

}  // namespace sockspec::cli
