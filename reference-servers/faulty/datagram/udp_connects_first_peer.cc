// Connects its socket to the first client, so that it never hears anybody else. People bring
// accept() and connect() over from TCP, or want to write send() instead of sendto().
#include <sys/socket.h>

#include <chrono>
#include <cstring>
#include <string>
#include <thread>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// What getting ready for its client takes. Without it, luck would decide whether the rest of a
// burst is refused or not heard.
constexpr auto kSetup = std::chrono::milliseconds(20);

bool same_address(const Datagram& one, const Datagram& other) {
  return one.from_length == other.from_length &&
         std::memcmp(&one.from, &other.from, one.from_length) == 0;
}

}  // namespace

int serve_udp_connects_first_peer(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  const Datagram first = receive_datagram(socket);
  std::this_thread::sleep_for(kSetup);
  ::connect(socket, reinterpret_cast<const sockaddr*>(&first.from), first.from_length);
  for (Datagram datagram = first;; datagram = receive_datagram(socket)) {
    // What others sent before connect() still waits in the queue; it must not reach the first.
    if (!same_address(datagram, first)) continue;
    const std::string reply = answer(options, datagram.bytes);
    ::send(socket, reply.data(), reply.size(), 0);
  }
}

}  // namespace sockspec::reference::faulty
