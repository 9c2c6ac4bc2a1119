#include "cli/instead.h"

#include <algorithm>
#include <chrono>

#include "cli/exit_code.h"
#include "cli/runs.h"
#include "cli/terminal.h"
#include "core/neighbours.h"
#include "scenario/write_profile.h"
#include "supervise/process_table.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLimit = 6s;  // for each contract; most take one or two

// A run that was longer is worth as much again. The first failure ends it, so only a server that
// does hold the contract, and has a sentence to win, is waited for.
Duration limit_for(const CheckReport& report) {
  const double scale = std::max(report.environment.scale, 1.0);
  return std::max(report.duration, std::chrono::duration_cast<Duration>(kLimit * scale));
}

// What only this contract asks, and then what failed under the other one: mostly it fails here,
// too.
std::vector<std::string> what_tells_them_apart(const Selection& selection,
                                               const CheckReport& failed_run) {
  std::vector<std::string> first, failed_again;
  for (const Scenario* scenario : selection.chosen) {
    const ScenarioResult* const before = find_result(failed_run, scenario->id);
    if (!before) first.push_back(scenario->id);
    if (before && before->outcome == Outcome::Fail) failed_again.push_back(scenario->id);
  }
  first.insert(first.end(), failed_again.begin(), failed_again.end());
  return first;
}

bool fails_alike(const Selection& selection, const CheckReport& failed_run,
                 const Profile& profile) {
  return std::any_of(selection.chosen.begin(), selection.chosen.end(),
                     [&](const Scenario* scenario) {
                       const ScenarioResult* const before = find_result(failed_run, scenario->id);
                       return before && before->outcome == Outcome::Fail &&
                              asks_the_same(*scenario, failed_run.profile, profile);
                     });
}

// None: interrupted, so nothing more is to be tried.
std::optional<bool> holds(const CheckPlan& plan, const Profile& profile,
                          const CheckReport& failed_run) {
  CheckReport report;
  report.environment = failed_run.environment;
  report.profile = profile;
  report.seed = failed_run.seed;
  check::CheckOptions run = plan.run;
  run.profile = profile;
  run.repeat = 1;
  SelectionOptions must;
  must.level = Level::Must;
  must.skip = plan.selection.skip;
  const Result<Selection> selection = select(plan.suite, profile, must);
  if (!selection || fails_alike(*selection, failed_run, profile)) return false;
  run.first = what_tells_them_apart(*selection, failed_run);
  ProgressLine progress(plan.quiet);
  const RunLimits briefly{limit_for(failed_run), true,
                          [&](const check::Progress& state) { progress.show(state); }};
  if (!run_check(run, *selection, report, briefly)) return false;
  if (report.interrupted_by != 0 && report.interrupted_by != kMetLimit) return std::nullopt;
  return exit_code_of(report) == kHolds;
}

std::optional<HoldsInstead> extra_words(const CheckPlan& plan, const CheckReport& report) {
  const Result<Learnt> learnt =
      learn_from(probe_options(plan.run, plan.run.profile.transport, report.environment.scale),
                 limit_for(report));
  if (!learnt || learnt->lesson.problems.empty()) return std::nullopt;
  Message problem = learnt->lesson.problems.front();
  if (problem.id == "learn.problem-prefix") problem.id = "instead.prefix";
  if (problem.id == "learn.problem-suffix") problem.id = "instead.suffix";
  if (problem.id == "learn.problem-around") problem.id = "instead.around";
  if (problem == learnt->lesson.problems.front()) return std::nullopt;
  return HoldsInstead{"", std::move(problem)};
}

// A part of the suite says too little about the whole contract.
bool is_whole_run(const SelectionOptions& selection) {
  return selection.only.empty() && selection.shards == 1;
}

}  // namespace

void note_what_holds_instead(const CheckPlan& plan, CheckReport& report) {
  const bool ours = !plan.run.target && !plan.builtin_server;
  if (report.exit_code != kServerFailed || report.invalid || !ours || !is_whole_run(plan.selection))
    return;
  for (const Neighbour& neighbour : neighbours_of(report)) {
    const std::optional<bool> held = holds(plan, neighbour.profile, report);
    if (!held) return;
    if (!*held) continue;
    report.holds_instead =
        HoldsInstead{scenario::profile_to_json(neighbour.profile), neighbour.difference};
    break;
  }
  if (!report.holds_instead && suggests_extra_words(report))
    report.holds_instead = extra_words(plan, report);
  supervise::end_descendants();
}

}  // namespace sockspec::cli
