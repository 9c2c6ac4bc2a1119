// The least that a closed-loop TCP client can do: the speed of light for `sockspec load`.
//
//   epoll_client --target 127.0.0.1:7000 --connections 64 --pipeline 1 --size 64 --duration 10s
//
// Measures requests per second and CPU per request. A reply is any `size` bytes.
//
// Left out on purpose, because their cost is what the comparison is to show: it does not look at
// what it received, takes no time stamp and keeps no histogram, and every request carries the same
// bytes. There is no clock in the loop; a timerfd ends it.
#include <fcntl.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <vector>

#include "yardstick.h"

namespace sockspec::bench {
namespace {

struct Totals {
  std::uint64_t replies = 0, bytes = 0;
};

class Client {
 public:
  explicit Client(const Options& options)
      : size_(options.count("size")),
        messages_(size_ * options.count("pipeline"), 'x'),
        input_(std::max<std::size_t>(64 * 1024, messages_.size())) {
    if (messages_.empty()) fail("--size and --pipeline: at least 1");
    watch(timer_, EPOLL_CTL_ADD, EPOLLIN, nullptr);
    connections_.resize(options.count("connections"));
    for (Connection& connection : connections_) connect(connection, options.address("target"));
  }

  void start() {
    for (Connection& connection : connections_) owe(connection, messages_.size());
  }

  void run_for(Duration length) {
    using std::chrono::seconds;
    const itimerspec end{{}, {length / seconds(1), (length % seconds(1)).count()}};
    must(timerfd_settime(timer_, 0, &end, nullptr), "timerfd_settime");
    epoll_event ready[256];
    for (bool over = length <= Duration::zero(); !over;) {
      const int count = wait_for_events(epoll_, ready, 256, -1);
      for (int i = 0; i < count; ++i) {
        auto* connection = static_cast<Connection*>(ready[i].data.ptr);
        if (connection == nullptr) {
          over = true;
        } else if ((ready[i].events & EPOLLOUT) != 0) {
          send(*connection);
        } else {
          receive(*connection);
        }
      }
    }
  }

  Totals totals() const { return totals_; }

 private:
  struct Connection {
    int socket = -1;
    std::size_t part = 0;  // bytes of a reply that has not come whole
    std::size_t owed = 0;  // bytes of requests not yet written
    bool waits_to_write = false;
  };

  void connect(Connection& connection, const sockaddr_in& target) {
    connection.socket = must(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    must(::connect(connection.socket, generic(target), sizeof target), "connect");
    no_delay(connection.socket);
    must(fcntl(connection.socket, F_SETFL, O_NONBLOCK), "fcntl");
    watch(connection.socket, EPOLL_CTL_ADD, EPOLLIN, &connection);
  }

  void receive(Connection& connection) {
    const ssize_t count = read(connection.socket, input_.data(), input_.size());
    if (count == 0) fail("the server closed a connection");
    if (count < 0 && errno == EAGAIN) return;
    must(count, "read");
    const auto bytes = static_cast<std::size_t>(count);
    totals_.bytes += bytes;
    const std::size_t complete = (connection.part + bytes) / size_;
    connection.part = (connection.part + bytes) % size_;
    totals_.replies += complete;
    if (complete > 0) owe(connection, complete * size_);
  }

  void owe(Connection& connection, std::size_t bytes) {
    connection.owed += bytes;
    if (!connection.waits_to_write) send(connection);
  }

  void send(Connection& connection) {
    const std::size_t most = std::min(connection.owed, messages_.size());
    const ssize_t count = ::send(connection.socket, messages_.data(), most, MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN) fail_call("send");
    connection.owed -= static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    // EPOLLOUT is asked for only once the socket was full: epoll_ctl twice per request is what
    // makes other clients slow.
    if ((connection.owed > 0) != connection.waits_to_write) {
      connection.waits_to_write = !connection.waits_to_write;
      watch(connection.socket, EPOLL_CTL_MOD,
            connection.waits_to_write ? EPOLLIN | EPOLLOUT : EPOLLIN, &connection);
    }
  }

  void watch(int descriptor, int operation, std::uint32_t events, Connection* connection) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = connection;
    must(epoll_ctl(epoll_, operation, descriptor, &event), "epoll_ctl");
  }

  std::size_t size_;
  std::vector<char> messages_, input_;
  int epoll_ = must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  int timer_ = must(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), "timerfd_create");
  std::vector<Connection> connections_;
  Totals totals_;
};

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  const Options options(argc, argv,
                        {{"target", "127.0.0.1:7000"},
                         {"connections", "64"},
                         {"pipeline", "1"},
                         {"size", "64"},
                         {"warmup", "0s"},
                         {"duration", "10s"}});
  Client client(options);
  client.start();
  client.run_for(options.duration("warmup"));
  const Totals before = client.totals();
  const auto began = Clock::now();
  const Duration cpu = cpu_time();
  client.run_for(options.duration("duration"));
  const Duration length = Clock::now() - began, used = cpu_time() - cpu;
  const Totals after = client.totals();
  print_figures(static_cast<double>(after.replies - before.replies), length, used,
                ", \"bytes_received\": " + std::to_string(after.bytes - before.bytes));
}
