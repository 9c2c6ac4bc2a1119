// Answers from a new socket, and so from another port than the one that was asked. People make a
// socket to receive and one to send, as in the examples of a client.
#include <sys/socket.h>
#include <unistd.h>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_udp_other_port(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    const int sender = ::socket(datagram.from.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    send_datagram(sender, datagram, answer(options, datagram.bytes));
    ::close(sender);
  }
}

}  // namespace sockspec::reference::faulty
