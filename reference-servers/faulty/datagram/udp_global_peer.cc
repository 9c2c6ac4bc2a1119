// Remembers the client's address in one global variable and answers a round of datagrams together,
// so that all answers go to whoever sent last. People keep the peer in a field of the server's
// class, and see one client at a time when they test.
#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/datagram/waiting_datagrams.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// Not const, and not one for each datagram: that is the mistake.
Datagram last_peer;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

}  // namespace

int serve_udp_global_peer(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const auto datagrams = waiting_datagrams(socket);
    for (const Datagram& datagram : datagrams) last_peer = datagram;
    for (const Datagram& datagram : datagrams) {
      send_datagram(socket, last_peer, answer(options, datagram.bytes));
    }
  }
}

}  // namespace sockspec::reference::faulty
