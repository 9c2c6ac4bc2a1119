// Where datagrams go that nobody answers: the server of the UDP send figures.
//
//   udp_sink --listen 127.0.0.1:0 --answer 1       prints READY 127.0.0.1:PORT, ends at SIGTERM
//
// --answer N: the first N datagrams are sent back, because `sockspec load` wants one exchange on
// each connection before it starts to count. All others are read and forgotten, up to 64 per system
// call, so that a sender meets a socket with room as long as this side can keep up.
#include <array>
#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

constexpr unsigned kDatagrams = 64;
constexpr std::size_t kBytes = 2048;  // the rest of a longer one is cut off

void answer(int socket, std::size_t count) {
  std::vector<char> bytes(64 * 1024);
  for (; count > 0; --count) {
    sockaddr_in from{};
    socklen_t length = sizeof from;
    auto* const peer = reinterpret_cast<sockaddr*>(&from);
    const ssize_t size =
        must(recvfrom(socket, bytes.data(), bytes.size(), 0, peer, &length), "recv");
    must(sendto(socket, bytes.data(), static_cast<std::size_t>(size), 0, peer, length), "sendto");
  }
}

[[noreturn]] void swallow(int socket) {
  std::vector<char> bytes(kDatagrams * kBytes);
  std::array<iovec, kDatagrams> pieces{};
  std::array<mmsghdr, kDatagrams> messages{};
  for (unsigned i = 0; i < kDatagrams; ++i) {
    pieces[i] = {bytes.data() + i * kBytes, kBytes};
    messages[i].msg_hdr.msg_iov = &pieces[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  while (true) must(recvmmsg(socket, messages.data(), kDatagrams, MSG_WAITFORONE, nullptr), "recv");
}

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  exit_at_sigterm();
  const Options options(argc, argv, {{"listen", "127.0.0.1:0"}, {"answer", "0"}});
  const int socket = bound_socket(options.address("listen"), SOCK_DGRAM);
  const int bytes = 4 << 20;
  setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  announce(socket);
  answer(socket, options.count("answer"));
  swallow(socket);
}
