// Bound to every address of the machine, and answers with a bare sendto(): the kernel chooses the
// source address of the answer, which need not be the one that was asked. Nearly every UDP server
// is written so; it shows only where a machine has several addresses.
#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_udp_wildcard_source(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    send_datagram(socket, datagram, answer(options, datagram.bytes));
  }
}

}  // namespace sockspec::reference::faulty
