#include "reference-servers/faulty/datagram/waiting_datagrams.h"

#include <poll.h>

#include <cstddef>

namespace sockspec::reference::faulty {
namespace {

constexpr int kPauseMs = 20;
constexpr std::size_t kMost = 64;

}  // namespace

std::vector<Datagram> waiting_datagrams(int socket) {
  std::vector<Datagram> round;
  round.push_back(receive_datagram(socket));
  pollfd ready{.fd = socket, .events = POLLIN, .revents = 0};
  while (round.size() < kMost && ::poll(&ready, 1, kPauseMs) > 0) {
    round.push_back(receive_datagram(socket));
  }
  return round;
}

}  // namespace sockspec::reference::faulty
