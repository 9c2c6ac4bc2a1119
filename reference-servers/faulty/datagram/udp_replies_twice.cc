// Answers every datagram twice. People send once more because UDP is unreliable, or answer in the
// function that reads and again in the one that called it.
#include <string>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_udp_replies_twice(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    const std::string reply = answer(options, datagram.bytes);
    send_datagram(socket, datagram, reply);
    send_datagram(socket, datagram, reply);
  }
}

}  // namespace sockspec::reference::faulty
