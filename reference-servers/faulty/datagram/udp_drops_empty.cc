// Does not answer an empty datagram. People write `if not data: continue`, as they learned it for
// TCP, or think that nothing was received when the length is 0.
#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_udp_drops_empty(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    if (datagram.bytes.empty()) continue;
    send_datagram(socket, datagram, answer(options, datagram.bytes));
  }
}

}  // namespace sockspec::reference::faulty
