// sockspec check: play the suite with a server and report.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "check/check_run.h"
#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/event_stream.h"
#include "cli/exit_code.h"
#include "cli/github.h"
#include "cli/instead.h"
#include "cli/run_start.h"
#include "cli/runs.h"
#include "cli/snippets.h"
#include "cli/terminal.h"
#include "core/diagnosis.h"
#include "core/known_failures.h"
#include "reports/console.h"
#include "reports/error_text.h"
#include "reports/fault_table_json.h"
#include "reports/known_json.h"
#include "reports/write_file.h"
#include "scenario/faults.h"
#include "scenario/parse_profile.h"
#include "supervise/machine.h"
#include "supervise/process_table.h"

namespace sockspec::cli {
namespace {

CheckReport empty_report(const CheckPlan& plan, const Words& words) {
  const supervise::Machine machine = supervise::measure_machine();
  CheckReport report;
  note_start(report, "check", words, machine);
  note_server(report, plan);
  report.environment = machine.environment;
  if (plan.scale) report.environment.scale = *plan.scale;
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

Result<Nothing> play(const CheckPlan& plan, const Selection& selection, EventStream* events,
                     CheckReport& report) {
  ProgressLine progress(plan.quiet);
  return run_check(plan.run, selection, report, {.on_progress = [&](const check::Progress& state) {
                     if (events) events->tell(report);
                     progress.show(state);
                   }});
}

// A run that could not begin is a report too: a gate reads why, not just a code.
void note_error(const Error& error, const Selection& selection, CheckReport& report) {
  report.invalid = reports::message_of(error);
  if (!selection.sanity || find_result(report, selection.sanity->id)) return;
  ScenarioResult result;
  result.scenario = selection.sanity->id;
  result.version = selection.sanity->version;
  result.title = selection.sanity->title;
  result.level = selection.sanity->level;
  result.reason = {"reason.no-server"};
  report.results.push_back(std::move(result));
}

void apply_list(const CheckPlan& plan, CheckReport& report) {
  if (!plan.known) return;
  const Date today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const KnownScope scope = known_scope(plan.suite, plan.run.profile, plan.selection, report);
  apply_known(*plan.known, scope, today, report);
}

// A list of half a run would take the place of a whole one, and excuse too little.
Result<Nothing> write_list(const CheckPlan& plan, const CheckReport& report) {
  if (plan.write_known.empty()) return Nothing{};
  if (tells_all_failures(report))
    return reports::write_file(plan.write_known, reports::known_list_to_json(report));
  report_error({ErrorKind::Harness, plan.write_known +
                                        ": the list was not written: not every scenario was run, "
                                        "so what else fails is not known"});
  return Nothing{};  // the exit code is that of the run, which is not 0
}

// Everything that was asked for is written whatever the verdict, and the verdict is told whatever
// could not be written. `outcome` is an error where the run could not begin.
int publish(const CheckPlan& plan, CheckReport& report, const Result<Nothing>& outcome,
            EventStream* events, const ParsedOptions& options) {
  std::FILE* const people = plan.data_to_stdout ? stderr : stdout;
  std::vector<Error> errors;
  const auto note = [&](const Result<Nothing>& done) {
    if (!done) errors.push_back(done.error());
  };
  if (outcome) note(write_snippets(plan.snippets_folder, report));
  for (Error& error : write_report_files(plan.files, report)) errors.push_back(std::move(error));
  if (events) note(events->end(report));
  int code = report.exit_code;
  if (outcome) {
    const Result<reports::Style> style = style_from(options, fileno(people));
    const std::string text =
        reports::console_report(report, style ? *style : reports::Style{}, plan.quiet);
    std::fputs(text.c_str(), people);
    note(write_list(plan, report));
  } else {
    report_error(outcome.error(), plan.lang);
  }
  if (plan.github) note(tell_github(report, people));
  if (std::fflush(people) != 0 && code == kHolds) code = kInvalid;
  for (const Error& error : errors) {
    const int failed = report_error(error);
    if (code == kHolds || code == kServerFailed || code == kInconclusive) code = failed;
  }
  return code;
}

// A server that holds everything gets none, and a run that was not valid says nothing of the
// server.
void note_diagnosis(CheckReport& report) {
  if (report.invalid || overall_outcome(report) == Outcome::Pass) return;
  const Result<FaultTable> table = reports::builtin_fault_table();
  const Result<std::vector<Profile>> profiles = scenario::builtin_profiles();
  if (!table || !profiles) return;
  for (const Diagnosis& found : diagnose(signature_of(report), report.profile, *table, *profiles)) {
    const Result<std::optional<Fault>> fault = scenario::builtin_fault(found.fault);
    if (fault && *fault) report.diagnosis.push_back({**fault, found.confidence, found.beside});
  }
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

  std::unique_ptr<EventStream> events;
  if (!plan->ndjson_file.empty()) {
    Result<std::unique_ptr<EventStream>> opened = EventStream::open(plan->ndjson_file);
    if (!opened) return report_error(opened.error());
    events = std::move(*opened);
  }
  supervise::become_subreaper();
  CheckReport report = empty_report(*plan, words);
  if (events) events->begin(report);
  const Result<Nothing> outcome = play(*plan, *selection, events.get(), report);
  if (!plan->run.target) supervise::end_descendants();
  if (!outcome) note_error(outcome.error(), *selection, report);
  add_skipped(*selection, report);
  sort_results(plan->suite, report);
  if (outcome) apply_list(*plan, report);
  report.exit_code = outcome ? exit_code_of(report) : exit_code_of(outcome.error().kind);
  if (outcome) note_diagnosis(report);
  if (outcome) note_what_holds_instead(*plan, report);
  if (outcome) add_snippets(plan->suite, report);
  return publish(*plan, report, outcome, events.get(), *options);
}

}  // namespace sockspec::cli
