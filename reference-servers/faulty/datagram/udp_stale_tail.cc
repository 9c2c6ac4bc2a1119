// Keeps a buffer for each client and sends back as much as the longest datagram so far: a short one
// carries the tail of an older one. People take the length from strlen() of a buffer that nobody
// clears, or reuse one DatagramPacket.
#include <cstddef>
#include <map>
#include <string>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// A buffer for all clients would be the same mistake, but what a client sees would depend on who
// was there before.
constexpr std::size_t kMostClients = 1000;

std::string address_of(const Datagram& datagram) {
  return {reinterpret_cast<const char*>(&datagram.from), datagram.from_length};
}

}  // namespace

int serve_udp_stale_tail(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  std::map<std::string, std::string> buffers;
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    if (buffers.size() > kMostClients) buffers.clear();
    std::string& buffer = buffers[address_of(datagram)];
    if (buffer.size() < datagram.bytes.size()) buffer.resize(datagram.bytes.size());
    buffer.replace(0, datagram.bytes.size(), datagram.bytes);
    send_datagram(socket, datagram, answer(options, buffer));
  }
}

}  // namespace sockspec::reference::faulty
