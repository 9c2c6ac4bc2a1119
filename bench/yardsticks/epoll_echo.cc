// The least that a TCP echo server can do: level-triggered epoll, one thread, read and write.
//
//   epoll_echo --listen 127.0.0.1:0        prints READY 127.0.0.1:PORT, ends at SIGTERM
//
// The yardstick of the libuv reference server, and the server of every TCP figure, so that what the
// server costs is small and always the same.
//
// Left out on purpose: limits, time-outs, logging, IPv6, a clean end of open connections. Kept,
// because without it a pipelining client would hang: what the socket does not take waits, and the
// connection is not read until it is gone.
#include <algorithm>
#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

class Server {
 public:
  explicit Server(int listener) : listener_(listener) { watch(listener, EPOLL_CTL_ADD, EPOLLIN); }

  [[noreturn]] void run() {
    epoll_event ready[256];
    while (true) {
      const int count = wait_for_events(epoll_, ready, 256, -1);
      for (int i = 0; i < count; ++i) {
        const int socket = ready[i].data.fd;
        if (socket == listener_) {
          accept();
        } else if ((ready[i].events & EPOLLOUT) != 0) {
          drain(socket);
        } else {
          echo(socket);
        }
      }
    }
  }

 private:
  void accept() {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;  // the client has gone again
    no_delay(socket);
    const auto index = static_cast<std::size_t>(socket);
    waiting_.resize(std::max(waiting_.size(), index + 1));
    watch(socket, EPOLL_CTL_ADD, EPOLLIN);
  }

  void echo(int socket) {
    const ssize_t count = read(socket, buffer_.data(), buffer_.size());
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return close(socket);
    const std::string_view left = write_some(socket, {buffer_.data(), static_cast<size_t>(count)});
    if (left.empty()) return;
    waiting(socket) = left;
    watch(socket, EPOLL_CTL_MOD, EPOLLOUT);
  }

  void drain(int socket) {
    waiting(socket) = std::string(write_some(socket, waiting(socket)));
    if (waiting(socket).empty()) watch(socket, EPOLL_CTL_MOD, EPOLLIN);
  }

  // What is left. Nothing, too, if the client is lost: the next read says so.
  static std::string_view write_some(int socket, std::string_view bytes) {
    const ssize_t count = write(socket, bytes.data(), bytes.size());
    if (count < 0) return errno == EAGAIN ? bytes : std::string_view{};
    return bytes.substr(static_cast<std::size_t>(count));
  }

  void close(int socket) {
    waiting(socket).clear();
    ::close(socket);
  }

  std::string& waiting(int socket) { return waiting_[static_cast<std::size_t>(socket)]; }

  void watch(int descriptor, int operation, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    must(epoll_ctl(epoll_, operation, descriptor, &event), "epoll_ctl");
  }

  int listener_;
  int epoll_ = must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  std::vector<char> buffer_ = std::vector<char>(64 * 1024);
  std::vector<std::string> waiting_;  // by descriptor
};

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  exit_at_sigterm();
  const Options options(argc, argv, {{"listen", "127.0.0.1:0"}});
  const int listener = bound_socket(options.address("listen"), SOCK_STREAM | SOCK_NONBLOCK);
  Server server(listener);
  announce(listener);
  server.run();
}
