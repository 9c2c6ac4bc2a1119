#include "core/load/load_report.h"

#include <algorithm>
#include <array>

#include "core/match.h"

namespace sockspec::load {
namespace {

double per_second(std::uint64_t count, Duration duration) {
  return static_cast<double>(count) / in_seconds(duration);
}

const Histogram& histogram_of(const Latencies& latencies, Series series) {
  switch (series) {
    case Series::Response: return latencies.response;
    case Series::Service: return latencies.service;
    case Series::Lag: return latencies.lag;
  }
  return latencies.response;
}

std::optional<Duration> statistic_of(const Histogram& histogram, Statistic statistic) {
  switch (statistic) {
    case Statistic::P50: return histogram.at_percentile(50);
    case Statistic::P90: return histogram.at_percentile(90);
    case Statistic::P95: return histogram.at_percentile(95);
    case Statistic::P99: return histogram.at_percentile(99);
    case Statistic::P999: return histogram.at_percentile(99.9);
    case Statistic::Max: return histogram.max();
    case Statistic::Mean: return histogram.mean();
  }
  return std::nullopt;
}

std::uint64_t count_of(const Tally& total, Counted counted) {
  const VerdictCounts& verdicts = total.verdicts;
  switch (counted) {
    case Counted::Sent: return total.requests.sent;
    case Counted::Answered: return total.requests.answered;
    case Counted::NotSent: return total.requests.not_sent;
    case Counted::Ok: return verdicts[ReplyVerdict::Ok];
    case Counted::Corrupt: return verdicts[ReplyVerdict::Corrupt];
    case Counted::WrongTransform: return verdicts[ReplyVerdict::WrongTransform];
    case Counted::CrossTalk: return verdicts[ReplyVerdict::CrossTalk];
    case Counted::Duplicate: return verdicts[ReplyVerdict::Duplicate];
    case Counted::Reordered: return verdicts[ReplyVerdict::Reordered];
    case Counted::Late: return verdicts[ReplyVerdict::Late];
    case Counted::Lost: return verdicts[ReplyVerdict::Lost];
    case Counted::Truncated: return verdicts[ReplyVerdict::Truncated];
    case Counted::OverLong: return verdicts[ReplyVerdict::OverLong];
    case Counted::Merged: return verdicts[ReplyVerdict::Merged];
    case Counted::Unsolicited: return verdicts[ReplyVerdict::Unsolicited];
    case Counted::Reset: return verdicts[ReplyVerdict::Reset];
    case Counted::EarlyEnd: return verdicts[ReplyVerdict::EarlyEnd];
    case Counted::Errors: return verdicts.errors();
  }
  return 0;
}

}  // namespace

void RequestCounts::add(const RequestCounts& other) {
  due += other.due;
  sent += other.sent;
  answered += other.answered;
  on_time += other.on_time;
  blocked += other.blocked;
  not_sent += other.not_sent;
  unfinished += other.unfinished;
}

void ConnectionCounts::add(const ConnectionCounts& other) {
  opened += other.opened;
  failed += other.failed;
  not_here += other.not_here;
  verified += other.verified;
  reset += other.reset;
  ended += other.ended;
  most_open += other.most_open;  // the parts run at the same time
}

void UdpCounts::add(const UdpCounts& other) {
  client_drops += other.client_drops;
  if (other.server_drops) server_drops = server_drops.value_or(0) + *other.server_drops;
  refused += other.refused;
}

void Tally::add(const Tally& other) {
  requests.add(other.requests);
  verdicts.add(other.verdicts);
  bytes_sent += other.bytes_sent;
  bytes_received += other.bytes_received;
  connections.add(other.connections);
  udp.add(other.udp);
  latency.add(other.latency);
}

// Not by assigning a new one: the histograms keep their memory, as the header promises.
void Tally::clear() {
  requests = {};
  verdicts = {};
  bytes_sent = 0;
  bytes_received = 0;
  connections = {};
  udp = {};
  latency.clear();
}

// From what fell due and not from the law, so that it is also right for a run that was ended early
// and for one shard.
void add_examples(std::vector<Example>& all, const std::vector<Example>& more) {
  std::array<std::size_t, kReplyVerdicts> kept{};
  for (const Example& example : all) ++kept[static_cast<std::size_t>(example.verdict)];
  for (const Example& example : more) {
    if (kept[static_cast<std::size_t>(example.verdict)]++ < kMostExamples) all.push_back(example);
  }
}

std::optional<double> offered_rate(const LoadReport& report) {
  if (!report.plan.open_loop() || report.duration <= Duration::zero()) return std::nullopt;
  return per_second(report.total.requests.due, report.duration);
}

double achieved_rate(const LoadReport& report) {
  if (report.duration <= Duration::zero()) return 0;
  return per_second(report.total.verdicts[ReplyVerdict::Ok], report.duration);
}

// What the server then keeps waiting in a full socket, or what cannot be sent because it does not
// answer, was taken up on time before: neither is the fault of the generator.
double adherence(const LoadReport& report) {
  const RequestCounts& requests = report.total.requests;
  if (!report.plan.open_loop() || requests.due == 0) return 100;
  return 100 * static_cast<double>(std::min(requests.on_time, requests.due)) /
         static_cast<double>(requests.due);
}

std::optional<double> figure_of(const LoadReport& report, const Metric& metric) {
  using Figure = std::optional<double>;
  return std::visit(Match{[&](const LatencyMetric& latency) -> Figure {
                            const auto value =
                                statistic_of(histogram_of(report.total.latency, latency.series),
                                             latency.statistic);
                            if (!value) return std::nullopt;
                            return static_cast<double>(value->count());
                          },
                          [&](Counted counted) -> Figure {
                            return static_cast<double>(count_of(report.total, counted));
                          },
                          [&](AchievedRate) -> Figure {
                            if (report.duration <= Duration::zero()) return std::nullopt;
                            return achieved_rate(report);
                          },
                          [&](Adherence) -> Figure { return adherence(report); }},
                    metric);
}

}  // namespace sockspec::load
