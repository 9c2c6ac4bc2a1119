// Ends with an uncaught ECONNREFUSED when a client closed its socket before its answer came. On
// Windows recvfrom() reports that to every server (WSAECONNRESET); on Linux to those who ask for
// errors with IP_RECVERR, as here. People exit on any error of recvfrom() or sendto().
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// What making the answer takes: long enough for a client that does not wait to be gone by then.
constexpr auto kWork = std::chrono::milliseconds(10);

void ask_for_errors(int socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_IP, IP_RECVERR, &yes, sizeof yes);
  ::setsockopt(socket, IPPROTO_IPV6, IPV6_RECVERR, &yes, sizeof yes);  // one of the two applies
}

int die_of_refusal() {
  std::fputs("ConnectionRefusedError: [Errno 111] Connection refused\n", stderr);
  return 1;
}

}  // namespace

int serve_udp_dies_on_refused(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  ask_for_errors(socket);
  for (;;) {
    Datagram datagram;
    datagram.from_length = sizeof datagram.from;
    datagram.bytes.resize(64 * 1024);
    const ssize_t size =
        ::recvfrom(socket, datagram.bytes.data(), datagram.bytes.size(), 0,
                   reinterpret_cast<sockaddr*>(&datagram.from), &datagram.from_length);
    if (size < 0 && errno == ECONNREFUSED) return die_of_refusal();
    if (size < 0) continue;
    datagram.bytes.resize(static_cast<std::size_t>(size));
    std::this_thread::sleep_for(kWork);
    const std::string reply = answer(options, datagram.bytes);
    const ssize_t sent =
        ::sendto(socket, reply.data(), reply.size(), 0,
                 reinterpret_cast<const sockaddr*>(&datagram.from), datagram.from_length);
    if (sent < 0 && errno == ECONNREFUSED) return die_of_refusal();
  }
}

}  // namespace sockspec::reference::faulty
