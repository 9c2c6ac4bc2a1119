// Takes an empty datagram for the end and exits. People copy `if (n == 0) break;` from the loop of
// a TCP server, where 0 means that the client has gone.
#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_udp_exits_on_empty(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    if (datagram.bytes.empty()) return 0;
    if (options.profile == "udp-discard") continue;
    send_datagram(socket, datagram, answer(options, datagram.bytes));
  }
}

}  // namespace sockspec::reference::faulty
