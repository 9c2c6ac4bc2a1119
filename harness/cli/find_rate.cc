#include "cli/find_rate.h"

#include <map>
#include <utility>

#include "core/load/capacity.h"
#include "core/load/load_judge.h"
#include "reports/load_sentences.h"

namespace sockspec::cli {

Result<load::LoadReport> find_rate(const LoadOptions& options, const PlayTrial& play) {
  const load::Threshold& objective = *options.objective;
  LoadOptions trial = options;
  load::Arrivals& arrivals = trial.plan.stages.front();
  load::RateSearchLimits limits;
  limits.first = arrivals.rates.front();
  load::RateSearch search(limits);
  std::map<double, load::LoadReport> held;  // by rate
  std::optional<load::LoadReport> other;    // the last that did not hold
  bool ended = false;
  for (std::optional<double> rate; !ended && (rate = search.next()); ++trial.plan.seed) {
    arrivals.rates = {*rate};
    const std::string number = std::to_string(search.trials().size() + 1);
    Result<load::LoadReport> report = play(trial, number + ": " + reports::rate_text(*rate) + "/s");
    if (!report) return report.error();
    judge(*report);
    if (nobody_there(*report) && !search.trials().empty()) {
      return Error{ErrorKind::Unreachable, "nobody answers at " + report->target.address +
                                               " any more; the run before, at " +
                                               reports::rate_text(search.trials().back().rate) +
                                               " requests per second, may have ended the server"};
    }
    ended = report->interrupted_by != 0 || nobody_there(*report);
    const load::TrialOutcome outcome = outcome_of_trial(*report, objective);
    if (!ended) search.add(outcome, figure_of(*report, objective.metric));
    if (!ended && outcome == load::TrialOutcome::Holds) {
      held.insert_or_assign(*rate, std::move(*report));
    } else {
      other = std::move(*report);
    }
  }
  const load::Capacity found = search.result();
  const auto best = held.find(found.low);
  const bool shows_best = !ended && best != held.end();
  load::LoadReport report = shows_best ? std::move(best->second)
                            : other    ? std::move(*other)
                                       : std::move(held.rbegin()->second);
  report.capacity = load::CapacitySearch{objective, found, search.trials()};
  return report;
}

}  // namespace sockspec::cli
