// The most datagrams that a core can send, with nothing else to do: one buffer, which the kernel
// cuts into datagrams (UDP_SEGMENT), again and again.
//
//   segment_send --target 127.0.0.1:7000 --size 64 --duration 10s
//
// Left out on purpose: a schedule, numbers in the datagrams, replies, counting what is lost.
#include <netinet/udp.h>

#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

constexpr std::size_t kSegments = 60;    // the kernel takes 64 at most
constexpr int kCallsBetweenClocks = 50;  // a clock reading for each would be seen

int segmenting_socket(const sockaddr_in& target, std::size_t size) {
  const int socket = must(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
  must(connect(socket, generic(target), sizeof target), "connect");
  const int segment = static_cast<int>(size);
  must(setsockopt(socket, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof segment), "UDP_SEGMENT");
  return socket;
}

// How many datagrams were sent until the end.
std::size_t send_until(Clock::time_point end, int socket, const std::vector<char>& buffer) {
  std::size_t sent = 0;
  while (Clock::now() < end) {
    for (int i = 0; i < kCallsBetweenClocks; ++i) {
      must(send(socket, buffer.data(), buffer.size(), 0), "send");
      sent += kSegments;
    }
  }
  return sent;
}

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  const Options options(argc, argv,
                        {{"target", "127.0.0.1:7000"}, {"size", "64"}, {"duration", "10s"}});
  const std::size_t size = options.count("size");
  if (size == 0 || size * kSegments > 65'507) fail("--size: from 1 to 1091");
  const int socket = segmenting_socket(options.address("target"), size);
  const std::vector<char> buffer(size * kSegments, 'x');
  const Duration cpu = cpu_time();
  const auto began = Clock::now();
  const auto sent =
      static_cast<double>(send_until(began + options.duration("duration"), socket, buffer));
  const Duration length = Clock::now() - began;
  print_figures(sent, length, cpu_time() - cpu,
                ", \"sent_per_s\": " + std::to_string(sent / seconds(length)));
}
