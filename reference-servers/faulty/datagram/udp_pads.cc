// Sends its whole buffer of 1,024 bytes back, the rest of it zeros. People write new
// String(packet.getData()) or sendto(s, buf, sizeof buf, ...) instead of using the length that was
// received; longer datagrams come back right.
#include <cstddef>
#include <string>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kBuffer = 1024;

}  // namespace

int serve_udp_pads(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    std::string reply = answer(options, datagram.bytes);
    if (reply.size() < kBuffer) reply.resize(kBuffer);
    send_datagram(socket, datagram, reply);
  }
}

}  // namespace sockspec::reference::faulty
