// The round trip of one UDP datagram, with nothing in the way: a blocking socket, one in flight.
//
//   udp_pingpong --target 127.0.0.1:7000 --size 64 --duration 10s
//
// Measures the mean, the median and the 99th percentile of the round trip, and CPU per request.
//
// Left out on purpose: an event loop, checking, a histogram. Every round trip is kept and sorted at
// the end, and one clock reading serves as the end of one and the start of the next, so that the
// mean is the time divided by the count. A lost datagram ends it: there is no figure for that.
#include <algorithm>
#include <numeric>
#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

int connected_socket(const sockaddr_in& target) {
  const int socket = must(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
  must(connect(socket, generic(target), sizeof target), "connect");
  const timeval limit{.tv_sec = 1, .tv_usec = 0};
  must(setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), "setsockopt");
  return socket;
}

void exchange(int socket, std::vector<char>& request, std::vector<char>& reply) {
  must(send(socket, request.data(), request.size(), 0), "send");
  if (recv(socket, reply.data(), reply.size(), 0) >= 0) return;
  if (errno == EAGAIN) fail("no reply within a second");
  fail_call("recv");
}

// Round trips in nanoseconds, in the order in which they were made. 32 bits: none is above 1 s.
std::vector<std::uint32_t> round_trips(int socket, std::size_t size, Duration length) {
  std::vector<std::uint32_t> trips;
  // One page fault per thousand round trips would be seen in the 99th percentile.
  trips.resize(static_cast<std::size_t>(seconds(length) * 300'000) + 1);
  trips.clear();
  std::vector<char> request(size, 'x'), reply(64 * 1024);
  auto before = Clock::now();
  for (const auto end = before + length; before < end;) {
    exchange(socket, request, reply);
    const auto after = Clock::now();
    trips.push_back(static_cast<std::uint32_t>(Duration(after - before).count()));
    before = after;
  }
  return trips;
}

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  const Options options(
      argc, argv,
      {{"target", "127.0.0.1:7000"}, {"size", "64"}, {"warmup", "0s"}, {"duration", "10s"}});
  const int socket = connected_socket(options.address("target"));
  round_trips(socket, options.count("size"), options.duration("warmup"));
  const Duration cpu = cpu_time();
  auto trips = round_trips(socket, options.count("size"), options.duration("duration"));
  const Duration used = cpu_time() - cpu;
  if (trips.empty()) fail("--duration: too short for one round trip");

  const auto count = static_cast<double>(trips.size());
  const Duration total(std::accumulate(trips.begin(), trips.end(), std::int64_t{0}));
  std::ranges::sort(trips);
  const auto quantile = [&](double q) {
    return std::to_string(trips[std::min(trips.size() - 1, static_cast<std::size_t>(q * count))]);
  };
  print_figures(count, total, used,
                ", \"mean_ns\": " + std::to_string(static_cast<double>(total.count()) / count) +
                    ", \"p50_ns\": " + quantile(0.50) + ", \"p99_ns\": " + quantile(0.99));
}
