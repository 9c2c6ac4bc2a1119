// Works 20 ms on each datagram while the kernel keeps hardly any for it: of a burst most are lost.
// People set SO_RCVBUF to "the size of a message", and do the slow part of the work in the loop
// that receives.
#include <sys/socket.h>

#include <chrono>
#include <thread>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr auto kWork = std::chrono::milliseconds(20);

}  // namespace

int serve_udp_tiny_receive_buffer(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  const int bytes = 1;  // the kernel makes it the least that it allows
  ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    std::this_thread::sleep_for(kWork);
    send_datagram(socket, datagram, answer(options, datagram.bytes));
  }
}

}  // namespace sockspec::reference::faulty
