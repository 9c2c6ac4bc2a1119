// An echo server that is wrong a known number of times, to see whether a load generator counts
// right.
//
//   faulty_echo --transport tcp|udp --size 64 --seed 42
//       --drop 0.01 --duplicate 0.005 --corrupt 0.001 --swap 0.01 --spare 0 --listen 127.0.0.1:0
//
// Prints READY 127.0.0.1:PORT; at SIGTERM one JSON line with what it did. Over TCP a message is
// `size` bytes, over UDP a datagram of any size. --spare N: the first N messages of each client are
// answered faithfully. See faulty/mischief.h for what is done to a message, and what counts.
//
// Left out on purpose: speed. Every message is copied, and events are taken one by one.
#include <sys/signalfd.h>

#include "faulty/tcp_server.h"
#include "faulty/udp_server.h"

namespace sockspec::bench {
namespace {

template <class Server>
void serve(const Options& options, Mischief& mischief) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigprocmask(SIG_BLOCK, &stop, nullptr);
  const int stopped = must(signalfd(-1, &stop, SFD_CLOEXEC), "signalfd");

  const Epoll epoll;
  Server server(options, epoll, mischief);
  epoll.watch(stopped, EPOLL_CTL_ADD, EPOLLIN);
  epoll.watch(server.socket(), EPOLL_CTL_ADD, EPOLLIN);
  announce(server.socket());
  while (true) {
    const epoll_event event = epoll.wait(server.flush(now()));
    if (event.data.fd == stopped) break;
    if (event.data.fd >= 0) server.ready(event);
  }
  server.flush(Duration::max());
}

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec::bench;
  const Options options(argc, argv,
                        {{"listen", "127.0.0.1:0"},
                         {"transport", "tcp"},
                         {"size", "64"},
                         {"seed", "42"},
                         {"drop", "0.01"},
                         {"duplicate", "0.005"},
                         {"corrupt", "0.001"},
                         {"swap", "0.01"},
                         {"spare", "0"}});
  const Rates rates{.drop = options.share("drop"),
                    .duplicate = options.share("duplicate"),
                    .corrupt = options.share("corrupt"),
                    .swap = options.share("swap")};
  Mischief mischief(rates, options.count("seed"), options.count("spare"));
  const std::string& transport = options.text("transport");
  if (transport == "tcp") {
    serve<TcpServer>(options, mischief);
  } else if (transport == "udp") {
    serve<UdpServer>(options, mischief);
  } else {
    fail("--transport: \"" + transport + "\" is neither tcp nor udp");
  }
  const Tally& tally = mischief.tally();
  const auto number = [](std::uint64_t count) { return static_cast<unsigned long long>(count); };
  std::printf(
      "{\"received\": %llu, \"dropped\": %llu, \"duplicated\": %llu, \"corrupted\": %llu, "
      "\"swapped\": %llu, \"flushed\": %llu}\n",
      number(tally.received), number(tally.dropped), number(tally.duplicated),
      number(tally.corrupted), number(tally.swapped), number(tally.flushed));
}
