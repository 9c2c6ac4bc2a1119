#include "core/load/preflight.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <string>

#include "core/load/arrivals.h"
#include "core/time.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kOtherDescriptors = 64;  // loop, timers, pipes, report
constexpr std::uint64_t kOfFurtherThread = 8;    // its loop and timer: 5, and some to spare
constexpr std::uint64_t kWidestRange = 65'535 - 1024 + 1;
constexpr char kWidestSetting[] = "net.ipv4.ip_local_port_range=\"1024 65535\"";
constexpr Duration kTimeWait = 60s;  // TCP_TIMEWAIT_LEN, which no setting changes
constexpr Duration kReusedAfter = 1s;

std::string text(std::uint64_t number) { return std::to_string(number); }

std::uint64_t rounded_up(double number) { return static_cast<std::uint64_t>(std::ceil(number)); }

std::uint64_t rounded_up(std::uint64_t dividend, std::uint64_t divisor) {
  return (dividend + divisor - 1) / divisor;
}

std::uint64_t connections_of(const LoadPlan& plan) { return plan.connections + plan.idle; }

bool is_tcp(const LoadPlan& plan) { return plan.profile.transport == Transport::Tcp; }

// Open loop: how many requests can fall due in any span of this length, in this shard.
double most_due(const LoadPlan& plan, Duration span) {
  double all = in_seconds(plan.warmup) * plan.stages.front().rates.front();
  double peak = 0;
  std::uint64_t burst = 1;
  for (const Arrivals& stage : plan.stages) {
    all += offered(stage);
    peak = std::max(peak, peak_rate(stage));
    burst = std::max(burst, stage.burst);
  }
  const double most = peak * in_seconds(span) + static_cast<double>(burst);
  return std::min(all, most) / static_cast<double>(plan.shard.count);
}

std::uint64_t descriptors_of(const LoadPlan& plan) {
  return connections_of(plan) + kOtherDescriptors + (plan.workers() - 1) * kOfFurtherThread;
}

// Half of the ports, because connect() is quick only up to there: it tries all ports of one parity
// before the first of the other, which takes it about 1 ms instead of 30 µs.
std::size_t source_addresses(const LoadPlan& plan, const MachineLimits& limits) {
  const std::uint64_t easy = std::max(limits.ports / 2, 1U);
  const std::uint64_t wanted = rounded_up(connections_of(plan), easy);
  return std::clamp<std::uint64_t>(wanted, 1, std::max(limits.source_addresses, 1U));
}

std::optional<Error> too_few_descriptors(const LoadPlan& plan, const MachineLimits& limits,
                                         std::uint64_t needed) {
  if (needed <= std::max(limits.descriptors, limits.most_descriptors)) return std::nullopt;
  return Error{ErrorKind::Harness, text(connections_of(plan)) + " connections need " +
                                       text(needed) + " open files, and the limit is " +
                                       text(limits.most_descriptors) + "; raise it: ulimit -n " +
                                       text(needed)};
}

std::optional<Error> too_few_ports(const LoadPlan& plan, const MachineLimits& limits,
                                   bool loopback) {
  const std::uint64_t addresses = std::max(limits.source_addresses, 1U);
  const std::uint64_t ports = limits.ports * addresses;
  if (connections_of(plan) <= ports) return std::nullopt;
  std::string fix;
  // Of the loopback addresses only those of IPv4 are many.
  if (loopback && addresses == 1)
    fix = "load 127.0.0.1, which is reached from more than one address, or ";
  if (connections_of(plan) <= kWidestRange * addresses)
    fix += std::string("widen the range: sysctl -w ") + kWidestSetting + ", or ";
  return Error{ErrorKind::Harness,
               text(connections_of(plan)) +
                   " connections to one server need as many local ports, and there are " +
                   text(ports) + " (net.ipv4.ip_local_port_range); " + fix +
                   "use at most --connections " + text(ports) + ", or several machines (--shard)"};
}

// A server that ends the session itself holds the port on its side, where it is in nobody's way.
bool we_close_first(const LoadPlan& plan) {
  return is_tcp(plan) && plan.shape == Shape::Churn && plan.profile.ending != Ending::AfterReply;
}

void judge_time_wait(const LoadPlan& plan, const MachineLimits& limits, Preflight& found) {
  if (!we_close_first(plan) || !plan.open_loop()) return;  // a closed loop: no rate is known
  const Duration held = limits.time_wait_reused ? kReusedAfter : kTimeWait;
  std::uint64_t count = rounded_up(most_due(plan, held));
  if (limits.most_time_waits) count = std::min(count, *limits.most_time_waits);
  const std::uint64_t ports = limits.ports * std::uint64_t{found.source_addresses};
  if (count <= ports) return;
  const auto seconds = static_cast<std::uint64_t>(held / 1s);
  found.warnings.push_back(
      {"load.time-wait",
       {{"count", text(count)},
        {"seconds", text(seconds)},
        {"ports", text(ports)},
        {"rate", text(ports * plan.shard.count / seconds)},
        {"setting", limits.time_wait_reused ? kWidestSetting : "net.ipv4.tcp_tw_reuse=1"}}});
}

std::uint64_t opened_at_once(const LoadPlan& plan) {
  if (!plan.visits())
    return std::min<std::uint64_t>(connections_of(plan), kOpeningAtOnce * plan.workers());
  if (!plan.open_loop()) return plan.connections;
  return std::min<std::uint64_t>(plan.connections, rounded_up(most_due(plan, plan.timeout)));
}

void judge_backlog(const LoadPlan& plan, const MachineLimits& limits, bool loopback,
                   Preflight& found) {
  if (!is_tcp(plan) || !loopback || !limits.backlog) return;  // elsewhere, others are its limits
  const std::uint64_t count = opened_at_once(plan);
  if (count <= *limits.backlog) return;
  found.warnings.push_back(
      {"load.backlog", {{"count", text(count)}, {"backlog", text(*limits.backlog)}}});
}

std::uint64_t largest_reply(const LoadPlan& plan) {
  constexpr std::uint64_t kOfTheRfcs = 512;  // 864, 865 and 867 have replies of at most so many
  const Reply& reply = plan.profile.reply;
  switch (reply.transform) {
    case Transform::Identity:
    case Transform::Uppercase: return plan.size.most;
    case Transform::Text: return reply.text.size();
    case Transform::AnyText: return reply.at_most > 0 ? reply.at_most : kOfTheRfcs;
    case Transform::Date:
    case Transform::Chargen: return kOfTheRfcs;
    case Transform::None: return 0;
  }
  return 0;
}

// How many replies may come at once for one socket: as many as it has sent requests in the time
// that a reply may take.
std::uint64_t replies_at_once(const LoadPlan& plan) {
  if (!plan.open_loop()) return plan.pipeline;
  const std::uint64_t in_flight =
      std::min<std::uint64_t>(plan.max_in_flight, rounded_up(most_due(plan, plan.timeout)));
  return rounded_up(in_flight, std::max<std::size_t>(plan.connections, 1));
}

void judge_receive_buffer(const LoadPlan& plan, const MachineLimits& limits, Preflight& found) {
  const bool replies = plan.profile.reply.transform != Transform::None;
  if (is_tcp(plan) || !replies || !limits.receive_buffer) return;
  const std::uint64_t asked = std::min(*limits.receive_buffer, kSocketBuffer);
  const std::uint64_t each = buffer_taken(largest_reply(plan));
  // The kernel gives twice what is asked for, and one datagram always finds room.
  const std::uint64_t held = std::max<std::uint64_t>(2 * asked / each, 1);
  const std::uint64_t count = replies_at_once(plan);
  if (count <= held) return;
  const std::string option = plan.open_loop() ? "--max-in-flight " + text(held * plan.connections)
                                              : "--pipeline " + text(held);
  const std::uint64_t needed = rounded_up(count * each, 2);
  if (needed > kSocketBuffer) {  // no setting helps: the socket does not ask for more
    found.warnings.push_back({"load.receive-window",
                              {{"count", text(count)}, {"held", text(held)}, {"option", option}}});
    return;
  }
  found.warnings.push_back({"load.receive-buffer",
                            {{"count", text(count)},
                             {"limit", text(*limits.receive_buffer)},
                             {"held", text(held)},
                             {"option", option},
                             {"needed", text(needed)}}});
}

void judge_threads(const LoadPlan& plan, const MachineLimits& limits, Preflight& found) {
  const std::size_t threads = plan.workers();
  if (threads <= limits.cores) return;
  found.warnings.push_back(
      {"load.many-threads", {{"threads", text(threads)}, {"cores", text(limits.cores)}}});
}

}  // namespace

// The kernel counts memory: a block for the bytes, the headers and skb_shared_info, of a power of
// two up to 16 KiB and of pages above, and the sk_buff itself.
std::uint64_t buffer_taken(std::uint64_t size) {
  constexpr std::uint64_t kWithTheBytes = 384;
  constexpr std::uint64_t kSkBuff = 256;
  constexpr std::uint64_t kLargestBlock = 16U << 10U;
  const std::uint64_t block = size + kWithTheBytes;
  return kSkBuff + (block <= kLargestBlock ? std::bit_ceil(block) : block);
}

Preflight preflight(const LoadPlan& plan, const MachineLimits& limits, bool loopback) {
  Preflight found;
  found.descriptors_needed = descriptors_of(plan);
  found.source_addresses = source_addresses(plan, limits);
  found.refused = too_few_descriptors(plan, limits, found.descriptors_needed);
  if (!found.refused) found.refused = too_few_ports(plan, limits, loopback);
  if (found.refused) return found;
  judge_time_wait(plan, limits, found);
  judge_backlog(plan, limits, loopback, found);
  judge_receive_buffer(plan, limits, found);
  judge_threads(plan, limits, found);
  return found;
}

}  // namespace sockspec::load
