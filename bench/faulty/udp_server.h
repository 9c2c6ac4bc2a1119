// The UDP side of faulty_echo: a message is a datagram of any size, a lane is a source address.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "faulty/epoll.h"
#include "faulty/mischief.h"

namespace sockspec::bench {

// Sending blocks, so no answer is lost on this side. Borrows mischief. Not thread-safe.
class UdpServer {
 public:
  UdpServer(const Options& options, const Epoll& epoll, Mischief& mischief);

  int socket() const { return socket_; }
  void ready(const epoll_event& event);

  // Sends what is held and due at `until`. Returns when to come again; none: nothing is held.
  std::optional<Duration> flush(Duration until);

 private:
  struct Client {
    sockaddr_in address;
    Lane lane;
  };

  void send(const Client& client, const std::string& reply) const;

  Mischief& mischief_;
  int socket_;
  std::map<std::pair<in_addr_t, in_port_t>, Client> clients_;
  std::vector<char> buffer_ = std::vector<char>(64 * 1024);
};

}  // namespace sockspec::bench
