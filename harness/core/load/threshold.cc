#include "core/load/threshold.h"

#include <cmath>
#include <vector>

#include "core/match.h"

namespace sockspec {

using load::Counted;
using load::Relation;
using load::Series;
using load::Statistic;

template <>
std::span<const Named<Series>> names<Series>() {
  static constexpr Named<Series> kTable[] = {
      {"response", Series::Response}, {"service", Series::Service}, {"lag", Series::Lag}};
  return kTable;
}

template <>
std::span<const Named<Statistic>> names<Statistic>() {
  static constexpr Named<Statistic> kTable[] = {{"p50", Statistic::P50},   {"p90", Statistic::P90},
                                                {"p95", Statistic::P95},   {"p99", Statistic::P99},
                                                {"p999", Statistic::P999}, {"max", Statistic::Max},
                                                {"mean", Statistic::Mean}};
  return kTable;
}

template <>
std::span<const Named<Counted>> names<Counted>() {
  static constexpr Named<Counted> kTable[] = {{"sent", Counted::Sent},
                                              {"answered", Counted::Answered},
                                              {"not_sent", Counted::NotSent},
                                              {"ok", Counted::Ok},
                                              {"corrupt", Counted::Corrupt},
                                              {"wrong_transform", Counted::WrongTransform},
                                              {"cross_talk", Counted::CrossTalk},
                                              {"duplicate", Counted::Duplicate},
                                              {"reordered", Counted::Reordered},
                                              {"late", Counted::Late},
                                              {"lost", Counted::Lost},
                                              {"truncated", Counted::Truncated},
                                              {"over_long", Counted::OverLong},
                                              {"merged", Counted::Merged},
                                              {"unsolicited", Counted::Unsolicited},
                                              {"reset", Counted::Reset},
                                              {"early_end", Counted::EarlyEnd},
                                              {"errors", Counted::Errors}};
  return kTable;
}

template <>
std::span<const Named<Relation>> names<Relation>() {
  static constexpr Named<Relation> kTable[] = {
      {"<", Relation::Less},     {"<=", Relation::AtMost}, {">", Relation::Greater},
      {">=", Relation::AtLeast}, {"==", Relation::Equal},  {"!=", Relation::NotEqual}};
  return kTable;
}

}  // namespace sockspec

namespace sockspec::load {
namespace {

std::vector<Metric> list_metrics() {
  std::vector<Metric> list;
  for (const Named<Series>& series : names<Series>()) {
    for (const Named<Statistic>& statistic : names<Statistic>())
      list.emplace_back(LatencyMetric{series.value, statistic.value});
  }
  for (const Named<Counted>& counted : names<Counted>()) list.emplace_back(counted.value);
  list.emplace_back(AchievedRate{});
  list.emplace_back(Adherence{});
  return list;
}

bool holds(double actual, Relation relation, double value) {
  switch (relation) {
    case Relation::Less: return actual < value;
    case Relation::AtMost: return actual <= value;
    case Relation::Greater: return actual > value;
    case Relation::AtLeast: return actual >= value;
    case Relation::Equal: return actual == value;
    case Relation::NotEqual: return actual != value;
  }
  return false;
}

}  // namespace

MetricKind kind_of(const Metric& metric) {
  return std::visit(Match{[](const LatencyMetric&) { return MetricKind::Latency; },
                          [](Counted) { return MetricKind::Count; },
                          [](AchievedRate) { return MetricKind::Rate; },
                          [](Adherence) { return MetricKind::Percent; }},
                    metric);
}

std::string text(const Metric& metric) {
  return std::visit(Match{[](const LatencyMetric& latency) {
                            return std::string(name_of(latency.series)) + "." +
                                   std::string(name_of(latency.statistic));
                          },
                          [](Counted counted) { return std::string(name_of(counted)); },
                          [](AchievedRate) { return std::string("rate"); },
                          [](Adherence) { return std::string("adherence"); }},
                    metric);
}

std::span<const Metric> metrics() {
  static const std::vector<Metric> kAll = list_metrics();
  return kAll;
}

ThresholdResult evaluate(const Threshold& threshold, std::optional<double> actual) {
  if (actual && std::isnan(*actual)) actual.reset();
  return {threshold, actual, actual && holds(*actual, threshold.relation, threshold.value)};
}

}  // namespace sockspec::load
