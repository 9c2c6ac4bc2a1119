// Answers a long datagram in pieces of 512 bytes, each a datagram of its own. People copy the loop
// that sends a long message through a small buffer from TCP, where the pieces join again.
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kPiece = 512;

}  // namespace

int serve_udp_fragments(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    const std::string reply = answer(options, datagram.bytes);
    std::string_view rest = reply;
    do {
      send_datagram(socket, datagram, rest.substr(0, kPiece));
      rest.remove_prefix(rest.size() < kPiece ? rest.size() : kPiece);
    } while (!rest.empty());
  }
}

}  // namespace sockspec::reference::faulty
