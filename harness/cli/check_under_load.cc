#include "cli/check_under_load.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "cli/check_options.h"
#include "core/load/under_load.h"
#include "supervise/machine.h"

namespace sockspec::cli {
namespace {

bool is_short(const Scenario* scenario) { return scenario->budget <= kDefaultBudget; }

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
  std::vector<load::UnderLoad> results;
  for (const ScenarioResult& result : report_.results) {
    if (result.outcome != Outcome::Skipped) results.push_back(load::under_load(result, load));
  }
  return results;
}

}  // namespace sockspec::cli
