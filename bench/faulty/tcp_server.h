// The TCP side of faulty_echo: a message is a fixed number of bytes, a lane is a connection.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "faulty/epoll.h"
#include "faulty/mischief.h"

namespace sockspec::bench {

// A client that does not read is not read either, so what waits for it is bounded. Borrows epoll
// and mischief. Not thread-safe.
class TcpServer {
 public:
  TcpServer(const Options& options, const Epoll& epoll, Mischief& mischief);

  int socket() const { return socket_; }
  void ready(const epoll_event& event);

  // Sends what is held and due at `until`. Returns when to come again; none: nothing is held.
  std::optional<Duration> flush(Duration until);

 private:
  struct Connection {
    Lane lane;
    std::string input, output;
    bool waits_to_write = false, at_end = false;
  };

  void accept();
  void receive(int descriptor, Connection& connection);
  void send(int descriptor, Connection& connection);  // may end the connection

  std::size_t size_;
  const Epoll& epoll_;
  Mischief& mischief_;
  int socket_;
  std::map<int, Connection> connections_;
  std::vector<char> buffer_ = std::vector<char>(64 * 1024);
};

}  // namespace sockspec::bench
