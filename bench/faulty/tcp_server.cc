#include "faulty/tcp_server.h"

#include <algorithm>
#include <string_view>

namespace sockspec::bench {

TcpServer::TcpServer(const Options& options, const Epoll& epoll, Mischief& mischief)
    : size_(options.count("size")),
      epoll_(epoll),
      mischief_(mischief),
      socket_(bound_socket(options.address("listen"), SOCK_STREAM | SOCK_NONBLOCK)) {
  if (size_ == 0) fail("--size: at least 1");
}

void TcpServer::ready(const epoll_event& event) {
  if (event.data.fd == socket_) return accept();
  Connection& connection = connections_[event.data.fd];
  if ((event.events & EPOLLOUT) == 0) receive(event.data.fd, connection);
  send(event.data.fd, connection);
}

std::optional<Duration> TcpServer::flush(Duration until) {
  std::optional<Duration> next;
  for (auto at = connections_.begin(); at != connections_.end();) {
    auto& [descriptor, connection] = *at++;  // send() may end it
    if (!connection.lane.held) continue;
    if (connection.lane.flush_at <= until) {
      connection.output += *mischief_.flush(connection.lane);
      send(descriptor, connection);
    } else {
      next = std::min(next.value_or(connection.lane.flush_at), connection.lane.flush_at);
    }
  }
  return next;
}

void TcpServer::accept() {
  const int descriptor = accept4(socket_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) return;
  no_delay(descriptor);
  connections_[descriptor] = {};
  epoll_.watch(descriptor, EPOLL_CTL_ADD, EPOLLIN);
}

void TcpServer::receive(int descriptor, Connection& connection) {
  const ssize_t count = read(descriptor, buffer_.data(), buffer_.size());
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) {
    connection.at_end = true;
    if (const auto held = mischief_.flush(connection.lane)) connection.output += *held;
    return;
  }
  connection.input.append(buffer_.data(), static_cast<std::size_t>(count));
  std::size_t used = 0;
  for (; connection.input.size() - used >= size_; used += size_) {
    const std::string_view message = std::string_view(connection.input).substr(used, size_);
    for (const auto& reply : mischief_.answer(connection.lane, now(), message)) {
      connection.output += reply;
    }
  }
  connection.input.erase(0, used);
}

void TcpServer::send(int descriptor, Connection& connection) {
  const std::string& output = connection.output;
  const ssize_t count = ::send(descriptor, output.data(), output.size(), MSG_NOSIGNAL);
  const bool lost = count < 0 && errno != EAGAIN;
  if (count > 0) connection.output.erase(0, static_cast<std::size_t>(count));
  if (lost || (connection.at_end && output.empty())) {
    close(descriptor);
    connections_.erase(descriptor);
  } else if (connection.waits_to_write == output.empty()) {
    connection.waits_to_write = !output.empty();
    epoll_.watch(descriptor, EPOLL_CTL_MOD, connection.waits_to_write ? EPOLLOUT : EPOLLIN);
  }
}

}  // namespace sockspec::bench
