// At what rate do datagrams come? A UDP echo server that counts them, to see a generator's rate
// from outside.
//
//   udp_arrivals --listen 127.0.0.1:0 --skip 1     prints READY 127.0.0.1:PORT
//
// At SIGTERM prints one JSON line: received, seconds (from the first counted one to the last), and
// received_per_s (one fewer than received, by seconds). --skip N: the first N are answered but not
// counted, because a generator may want to see that its sockets work before it starts to count.
//
// Left out on purpose: when each datagram came; arrivals.py asks the kernel for that, at lower
// rates. Two readings of the clock matter, so being late by a millisecond is an error of 0.01 % in
// 10 s.
#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

volatile std::sig_atomic_t stopped = 0;

struct Arrived {
  std::uint64_t count = 0;
  Clock::time_point first, last;
};

Arrived serve(int socket, std::uint64_t skip) {
  Arrived arrived;
  std::vector<char> buffer(64 * 1024);
  while (stopped == 0) {
    sockaddr_in from{};
    socklen_t length = sizeof from;
    auto* const peer = reinterpret_cast<sockaddr*>(&from);
    const ssize_t size = recvfrom(socket, buffer.data(), buffer.size(), 0, peer, &length);
    if (size < 0) continue;  // SIGTERM, or a late error of a client's
    const auto now = Clock::now();
    sendto(socket, buffer.data(), static_cast<std::size_t>(size), 0, peer, length);
    if (skip > 0) {
      --skip;
      continue;
    }
    if (arrived.count++ == 0) arrived.first = now;
    arrived.last = now;
  }
  return arrived;
}

// Without SA_RESTART, so that recvfrom returns. One that comes between the look at `stopped` and
// the call would be missed: a datagram may never come again, so the socket does not wait for ever
// either.
void stop_at_sigterm(int socket) {
  struct sigaction action {};
  action.sa_handler = [](int) { stopped = 1; };
  must(sigaction(SIGTERM, &action, nullptr), "sigaction");
  const timeval limit{.tv_sec = 0, .tv_usec = 100'000};
  must(setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), "setsockopt");
}

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  const Options options(argc, argv, {{"listen", "127.0.0.1:0"}, {"skip", "0"}});
  const int socket = bound_socket(options.address("listen"), SOCK_DGRAM);
  const int bytes = 4 << 20;
  setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  stop_at_sigterm(socket);
  announce(socket);
  const Arrived arrived = serve(socket, options.count("skip"));
  if (arrived.count < 2) fail("fewer than two datagrams came");
  const double length = seconds(arrived.last - arrived.first);
  std::printf("{\"received\": %llu, \"seconds\": %.6f, \"received_per_s\": %.3f}\n",
              static_cast<unsigned long long>(arrived.count), length,
              static_cast<double>(arrived.count - 1) / length);
}
