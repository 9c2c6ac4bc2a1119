// Joins the datagrams of a client that wait into one and answers that: their borders are lost.
// People carry the thinking of a TCP stream over (read all there is, append, answer), and a client
// that waits for each answer sees nothing of it.
#include <cstddef>
#include <map>
#include <string>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/datagram/waiting_datagrams.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kMaxDatagram = 65507;

std::string address_of(const Datagram& datagram) {
  return {reinterpret_cast<const char*>(&datagram.from), datagram.from_length};
}

}  // namespace

int serve_udp_merges(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    std::map<std::string, Datagram> by_client;
    for (Datagram& datagram : waiting_datagrams(socket)) {
      const auto [joined, is_first] = by_client.try_emplace(address_of(datagram), datagram);
      if (is_first) continue;
      if (joined->second.bytes.size() + datagram.bytes.size() > kMaxDatagram) {
        send_datagram(socket, joined->second, answer(options, joined->second.bytes));
        joined->second.bytes.clear();
      }
      joined->second.bytes += datagram.bytes;
    }
    for (const auto& [address, joined] : by_client) {
      send_datagram(socket, joined, answer(options, joined.bytes));
    }
  }
}

}  // namespace sockspec::reference::faulty
