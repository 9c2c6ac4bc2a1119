#include "cli/check_under_load.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "cli/check_options.h"
#include "supervise/machine.h"

namespace sockspec::cli {
namespace {

constexpr Duration kSlow = std::chrono::milliseconds(250);  // of a reply to the load

bool is_short(const Scenario* scenario) { return scenario->budget <= kDefaultBudget; }

// A busy server takes its time. That is no finding where replies to the load were late, too, nor
// where a scenario asks for a few milliseconds.
bool load_explains(const ScenarioResult& result, bool slow) {
  return std::all_of(result.checks.begin(), result.checks.end(), [&](const Check& check) {
    return check.outcome != Outcome::Fail || (check.timing_only && (slow || check.late_by));
  });
}

load::UnderLoad told(const ScenarioResult& result, bool slow) {
  load::UnderLoad under{result.scenario, result.outcome, {}, {}};
  if (!is_bad(result.outcome)) return under;
  if (load_explains(result, slow)) under.outcome = Outcome::Inconclusive;
  const auto failed =
      std::find_if(result.checks.begin(), result.checks.end(),
                   [](const Check& check) { return check.outcome == Outcome::Fail; });
  if (failed == result.checks.end()) return under;
  under.expected = failed->expected;
  under.observed = failed->observed;
  return under;
}

bool was_slow(const load::Tally& total) {
  const load::VerdictCounts& verdicts = total.verdicts;
  return verdicts[load::ReplyVerdict::Late] + verdicts[load::ReplyVerdict::Lost] > 0 ||
         total.latency.response.max().value_or(kSlow) >= kSlow;
}

}  // namespace

Result<std::unique_ptr<CheckUnderLoad>> CheckUnderLoad::make(io::Loop& loop,
                                                             const load::LoadPlan& plan,
                                                             const io::Address& server) {
  std::unique_ptr<CheckUnderLoad> made(new CheckUnderLoad(loop, plan, server));
  Result<std::vector<Scenario>> suite = suite_from("");
  if (!suite) return suite.error();
  made->suite_ = std::move(*suite);
  SelectionOptions options;
  options.supervised = false;
  Result<Selection> selection = select(made->suite_, plan.profile, options);
  if (!selection) return selection.error();
  made->selection_ = std::move(*selection);
  std::erase_if(made->selection_.chosen, [](const Scenario* one) { return !is_short(one); });
  made->report_.profile = plan.profile;
  made->report_.seed = plan.seed;
  made->report_.environment = supervise::measure_machine().environment;
  return made;
}

void CheckUnderLoad::start(std::function<void()> finished) {
  check::CheckOptions options;
  options.profile = plan_.profile;
  options.target = server_;
  options.jobs = options.most_jobs = 1;
  options.seed = plan_.seed;
  run_ = std::make_unique<check::CheckRun>(loop_, options, selection_, report_,
                                           [](const check::Progress&) {});
  // That the server cannot be reached any more, the load says itself.
  run_->start([finished = std::move(finished)](const Result<Nothing>&) { finished(); });
}

void CheckUnderLoad::stop() {
  if (run_) run_->interrupt(SIGALRM);
}

std::vector<load::UnderLoad> CheckUnderLoad::results(const load::Tally& load) const {
  const bool slow = was_slow(load);
  std::vector<load::UnderLoad> results;
  for (const ScenarioResult& result : report_.results) {
    if (result.outcome != Outcome::Skipped) results.push_back(told(result, slow));
  }
  return results;
}

}  // namespace sockspec::cli
