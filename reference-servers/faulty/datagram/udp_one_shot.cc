// Serves one datagram, then its program is at the end. People write recvfrom() and sendto() one
// below the other, and no loop around them, because their client sends only one.
#include <chrono>
#include <thread>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// What making the answer takes. Without it, luck would decide whether the rest of a burst still
// meets an open port.
constexpr auto kWork = std::chrono::milliseconds(20);

}  // namespace

int serve_udp_one_shot(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  const Datagram datagram = receive_datagram(socket);
  if (options.profile == "udp-discard") return 0;
  std::this_thread::sleep_for(kWork);
  send_datagram(socket, datagram, answer(options, datagram.bytes));
  return 0;
}

}  // namespace sockspec::reference::faulty
