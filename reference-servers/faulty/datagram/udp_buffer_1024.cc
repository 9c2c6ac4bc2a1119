// Receives into a buffer of 1,024 bytes: the rest of a longer datagram is thrown away, without an
// error. People take the size from the TCP examples, where a short read loses nothing.
#include <sys/socket.h>

#include <cstddef>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kBuffer = 1024;

}  // namespace

int serve_udp_buffer_1024(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    Datagram datagram;
    datagram.from_length = sizeof datagram.from;
    datagram.bytes.resize(kBuffer);
    const ssize_t size =
        ::recvfrom(socket, datagram.bytes.data(), datagram.bytes.size(), 0,
                   reinterpret_cast<sockaddr*>(&datagram.from), &datagram.from_length);
    if (size < 0) continue;
    datagram.bytes.resize(static_cast<std::size_t>(size));
    send_datagram(socket, datagram, answer(options, datagram.bytes));
  }
}

}  // namespace sockspec::reference::faulty
