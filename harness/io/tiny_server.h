// TinyServer: a TCP server inside a test, without a thread: turn() does what is to be done now, so
// a test passes it to until(). Test code only.
#pragma once

#include <functional>
#include <list>
#include <string>
#include <string_view>

#include "io/test_world.h"

namespace sockspec::io::test {

class TinyServer {
 public:
  // What to do with the bytes that just came; the connection may be ended there.
  using Answer = std::function<void(Remote&, std::string_view bytes)>;

  explicit TinyServer(Answer answer) : answer_(std::move(answer)) {}

  static TinyServer echo() {
    return TinyServer([](Remote& remote, std::string_view bytes) { remote.send(bytes); });
  }
  static TinyServer silent() {
    return TinyServer([](Remote&, std::string_view) {});
  }

  const Address& address() const { return listener_.address(); }
  int accepted() const { return accepted_; }
  bool busy() const { return !connections_.empty(); }

  bool turn() {
    while (listener_.waiting()) {
      connections_.push_back({listener_.accept(), 0});
      ++accepted_;
    }
    connections_.remove_if([this](Connection& connection) { return serve(connection); });
    return false;
  }

 private:
  struct Connection {
    Remote remote;
    std::size_t answered;
  };

  bool serve(Connection& connection) {
    const bool ended = connection.remote.read();
    const std::string bytes = connection.remote.received().substr(connection.answered);
    connection.answered += bytes.size();
    if (!bytes.empty()) answer_(connection.remote, bytes);
    return ended || connection.remote.fd() < 0;
  }

  Answer answer_;
  Listener listener_;
  std::list<Connection> connections_;
  int accepted_ = 0;
};

}  // namespace sockspec::io::test
