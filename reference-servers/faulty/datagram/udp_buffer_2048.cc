// Receives into a buffer of 2,048 bytes: the rest of a longer datagram is thrown away, without an
// error. People take the size from a book's example, and no test of theirs is longer.
#include <sys/socket.h>

#include <cstddef>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kBuffer = 2048;

}  // namespace

int serve_udp_buffer_2048(const FaultyOptions& options) {
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
