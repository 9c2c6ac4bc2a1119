// Threshold: what a load test must reach, as in --threshold 'response.p99 < 5ms'.
//
// The metrics are a closed list, so that a mistyped name is an error when the options are read and
// not a threshold that silently holds. Evaluated once, on the merged figures of a whole run, never
// on the average of several. Pure values and functions, safe from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/names.h"
#include "core/result.h"

namespace sockspec::load {

// Response: from when a request was due. Service: from when it was sent. Lag: from due to sent.
enum class Series { Response, Service, Lag };
enum class Statistic { P50, P90, P95, P99, P999, Max, Mean };

enum class Counted {
  Sent,
  Answered,
  NotSent,
  Ok,
  Corrupt,
  WrongTransform,
  CrossTalk,
  Duplicate,
  Reordered,
  Late,
  Lost,
  Truncated,
  OverLong,
  Merged,
  Unsolicited,
  Reset,
  EarlyEnd,
  Errors,  // every verdict that is not Ok, together
};

struct LatencyMetric {  // nanoseconds
  Series series = Series::Response;
  Statistic statistic = Statistic::P50;
  bool operator==(const LatencyMetric&) const = default;
};
struct AchievedRate {  // requests per second
  bool operator==(const AchievedRate&) const = default;
};
struct Adherence {  // percent of the due requests that were sent on time
  bool operator==(const Adherence&) const = default;
};

using Metric = std::variant<LatencyMetric, Counted, AchievedRate, Adherence>;

enum class MetricKind { Latency, Count, Rate, Percent };
MetricKind kind_of(const Metric& metric);

// "response.p99", "not_sent", "rate": as in the report.
std::string text(const Metric& metric);

// All of them, in the order shown to people.
std::span<const Metric> metrics();

enum class Relation { Less, AtMost, Greater, AtLeast, Equal, NotEqual };

struct Threshold {
  Metric metric;
  Relation relation = Relation::Less;
  double value = 0;  // in the unit of the metric: nanoseconds, requests, requests/s, percent

  bool operator==(const Threshold&) const = default;
};

// A latency needs its unit (ns, us, µs, ms, s); counts and rates take k and M; adherence may have a
// %. Spaces are free. An error is one line that begins with `option`, under which it was given, and
// the text.
Result<Threshold> parse_threshold(std::string_view text, std::string_view option = "--threshold");

// In normal form, which parse_threshold reads as the same threshold.
std::string text(const Threshold& threshold);

struct ThresholdResult {
  Threshold threshold;
  std::optional<double> actual;  // in the unit of the metric
  bool holds = false;
};

// A metric without a value (no reply came, so there is no latency; or it is not a number) does not
// hold, whatever the relation: what was not measured was not reached.
ThresholdResult evaluate(const Threshold& threshold, std::optional<double> actual);

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::Series>> names<load::Series>();
template <>
std::span<const Named<load::Statistic>> names<load::Statistic>();
template <>
std::span<const Named<load::Counted>> names<load::Counted>();
template <>
std::span<const Named<load::Relation>> names<load::Relation>();

}  // namespace sockspec
