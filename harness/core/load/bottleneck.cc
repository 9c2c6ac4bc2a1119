#include "core/load/bottleneck.h"

namespace sockspec::load {
namespace {

constexpr double kSaturated = 0.95;  // of a core
constexpr double kIdle = 0.85;
constexpr double kMostPending = 0.01;  // of what fell due

double share(Duration part, Duration whole) {
  return whole > Duration::zero() ? in_seconds(part) / in_seconds(whole) : 0;
}

// Even a server that keeps up has some requests in flight when the run ends: by Little's law as
// many as arrive during one response time. In a backlog that grows, those that came last wait
// twice as long as the mean.
bool kept_up(const LoadReport& report) {
  const RequestCounts& requests = report.total.requests;
  const std::optional<Duration> mean = report.total.latency.response.mean();
  if (!mean || requests.answered == 0) return false;
  const auto due = static_cast<double>(requests.due);
  const double in_flight = due * share(*mean, report.duration);
  return due - static_cast<double>(requests.answered) <= due * kMostPending + in_flight;
}

// A server of one thread is saturated with one core, and we do not know how many it has.
Bottleneck of_closed_loop(const BottleneckSigns& signs) {
  const bool server_saturated = signs.server_cores && *signs.server_cores >= kSaturated;
  if (signs.busiest >= kSaturated)
    return server_saturated ? Bottleneck::Unclear : Bottleneck::Generator;
  const bool idle = signs.busiest + signs.waited <= kIdle;
  return idle && signs.in_flight ? Bottleneck::Server : Bottleneck::Unclear;
}

Bottleneck of_open_loop(const BottleneckSigns& signs) {
  if (signs.adherence >= kHeldAdherence)
    return signs.kept_up ? Bottleneck::Schedule : Bottleneck::Server;
  return signs.busiest >= kSaturated ? Bottleneck::Generator : Bottleneck::Unclear;
}

}  // namespace

BottleneckSigns signs_of(const LoadReport& report) {
  BottleneckSigns signs;
  signs.open_loop = report.plan.open_loop();
  signs.busiest = report.generator.busiest;
  const auto workers = static_cast<double>(report.plan.threads);
  signs.waited = workers > 0 ? share(report.generator.waited, report.duration) / workers : 0;
  if (report.server) signs.server_cores = share(report.server->cpu, report.duration);
  signs.in_flight = report.total.requests.sent > 0 && report.total.connections.failed == 0;
  signs.adherence = adherence(report);
  signs.kept_up = kept_up(report);
  return signs;
}

Bottleneck bottleneck_of(const BottleneckSigns& signs) {
  return signs.open_loop ? of_open_loop(signs) : of_closed_loop(signs);
}

}  // namespace sockspec::load
