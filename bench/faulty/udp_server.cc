#include "faulty/udp_server.h"

#include <algorithm>
#include <string_view>

namespace sockspec::bench {

UdpServer::UdpServer(const Options& options, const Epoll&, Mischief& mischief)
    : mischief_(mischief), socket_(bound_socket(options.address("listen"), SOCK_DGRAM)) {
  // What the kernel drops, nobody counts.
  const int bytes = 4 << 20;
  setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void UdpServer::ready(const epoll_event&) {
  sockaddr_in from{};
  socklen_t length = sizeof from;
  const ssize_t count = recvfrom(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT,
                                 reinterpret_cast<sockaddr*>(&from), &length);
  if (count < 0) return;
  Client& client = clients_[{from.sin_addr.s_addr, from.sin_port}];
  client.address = from;
  const std::string_view message(buffer_.data(), static_cast<std::size_t>(count));
  for (const auto& reply : mischief_.answer(client.lane, now(), message)) send(client, reply);
}

std::optional<Duration> UdpServer::flush(Duration until) {
  std::optional<Duration> next;
  for (auto& [key, client] : clients_) {
    if (!client.lane.held) continue;
    if (client.lane.flush_at <= until) {
      send(client, *mischief_.flush(client.lane));
    } else {
      next = std::min(next.value_or(client.lane.flush_at), client.lane.flush_at);
    }
  }
  return next;
}

void UdpServer::send(const Client& client, const std::string& reply) const {
  sendto(socket_, reply.data(), reply.size(), 0, generic(client.address), sizeof client.address);
}

}  // namespace sockspec::bench
