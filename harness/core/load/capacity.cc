#include "core/load/capacity.h"

#include <algorithm>
#include <string>

#include "core/load/load_judge.h"
#include "core/match.h"

namespace sockspec::load {
namespace {

bool grows_with_load(const Metric& metric) {
  return std::visit(
      Match{[](const LatencyMetric&) { return true; },
            [](Counted counted) {
              const Counted more[] = {Counted::Sent, Counted::Answered, Counted::Ok};
              return std::find(std::begin(more), std::end(more), counted) == std::end(more);
            },
            [](const AchievedRate&) { return false; }, [](const Adherence&) { return false; }},
      metric);
}

// Of faults none is allowed anyway.
bool is_upper_limit(const Threshold& threshold) {
  if (kind_of(threshold.metric) == MetricKind::Count)
    return threshold.relation == Relation::Equal && threshold.value == 0;
  return threshold.relation == Relation::Less || threshold.relation == Relation::AtMost;
}

}  // namespace

Result<Threshold> parse_objective(std::string_view text) {
  Result<Threshold> objective = parse_threshold(text, "--find-rate");
  if (!objective) return objective;
  if (grows_with_load(objective->metric) && is_upper_limit(*objective)) return objective;
  return usage_error("--find-rate \"" + std::string(text) +
                     "\": what is searched for must get worse with more load and have an upper "
                     "limit, such as 'response.p99 < 5ms' or 'late == 0'");
}

TrialOutcome outcome_of_trial(const LoadReport& report, const Threshold& objective) {
  const Tally& total = report.total;
  if (proves_wrong(report)) return TrialOutcome::Fails;
  if (report.invalid || total.connections.not_here > 0) return TrialOutcome::GeneratorLimited;
  const bool kept_up = !server_failed(report) && total.requests.not_sent == 0;
  if (kept_up && evaluate(objective, figure_of(report, objective.metric)).holds)
    return TrialOutcome::Holds;
  return report.bottleneck == Bottleneck::Generator ? TrialOutcome::GeneratorLimited
                                                    : TrialOutcome::Fails;
}

}  // namespace sockspec::load
