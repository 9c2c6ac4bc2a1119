// The least that a UDP echo server can do: up to 64 datagrams per system call, in and out.
//
//   recvmmsg_echo --listen 127.0.0.1:0        prints READY 127.0.0.1:PORT, ends at SIGTERM
//
// The yardstick of the libuv reference server, and the server of the UDP figures.
//
// Left out on purpose: an event loop (the socket blocks), IPv6, the right source address on a
// wildcard address, UDP_GRO and UDP_SEGMENT. An answer that the kernel refuses is dropped.
#include <algorithm>
#include <array>
#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

constexpr unsigned kDatagrams = 64;
constexpr std::size_t kBytes = 64 * 1024;

class Batch {
 public:
  Batch() : bytes_(kDatagrams * kBytes) {
    for (unsigned i = 0; i < kDatagrams; ++i) {
      pieces_[i].iov_base = bytes_.data() + i * kBytes;
      messages_[i].msg_hdr.msg_iov = &pieces_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
      messages_[i].msg_hdr.msg_name = &peers_[i];
      renew(i);
    }
  }

  // MSG_WAITFORONE: sleep for the first, then take what is there. Waiting for more would trade the
  // client's latency for our throughput.
  unsigned receive(int socket) {
    const int count = recvmmsg(socket, messages_.data(), kDatagrams, MSG_WAITFORONE, nullptr);
    return static_cast<unsigned>(std::max(count, 0));  // an error is a late one of a client's
  }

  void answer(int socket, unsigned count) {
    for (unsigned i = 0; i < count; ++i) pieces_[i].iov_len = messages_[i].msg_len;
    for (unsigned at = 0; at < count;) {
      const int sent = sendmmsg(socket, &messages_[at], count - at, 0);
      at += sent > 0 ? static_cast<unsigned>(sent) : 1U;
    }
    for (unsigned i = 0; i < count; ++i) renew(i);
  }

 private:
  // The kernel overwrites both with what came.
  void renew(unsigned i) {
    pieces_[i].iov_len = kBytes;
    messages_[i].msg_hdr.msg_namelen = sizeof peers_[i];
  }

  std::vector<char> bytes_;
  std::array<sockaddr_in, kDatagrams> peers_{};
  std::array<iovec, kDatagrams> pieces_{};
  std::array<mmsghdr, kDatagrams> messages_{};
};

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  exit_at_sigterm();
  const Options options(argc, argv, {{"listen", "127.0.0.1:0"}});
  const int socket = bound_socket(options.address("listen"), SOCK_DGRAM);
  announce(socket);
  for (Batch batch; true;) batch.answer(socket, batch.receive(socket));
}
