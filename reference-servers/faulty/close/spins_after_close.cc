// Every reply and every close is right, but after the first client has left the main loop never
// sleeps again: the threads wake it through a pipe, and nobody reads the byte out of it, so that
// poll() returns at once for ever. People test such a loop with their eyes, not with top.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <thread>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/plain/vain_turns.h"

namespace sockspec::reference::faulty {
namespace {

struct WakeUp {
  int reader = -1;
  int writer = -1;
};

WakeUp make_wake_up() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return {};
  return {.reader = ends[0], .writer = ends[1]};
}

void serve_and_tell(const FaultyOptions& options, int client, int writer) {
  serve_session(options, client);
  ::close(client);
  [[maybe_unused]] const ssize_t told = ::write(writer, "x", 1);
}

}  // namespace

int serve_spins_after_close(const FaultyOptions& options) {
  const WakeUp wake_up = make_wake_up();
  const int listener = listen_tcp(options);
  VainTurns turns;
  for (;;) {
    std::array watched{pollfd{.fd = listener, .events = POLLIN, .revents = 0},
                       pollfd{.fd = wake_up.reader, .events = POLLIN, .revents = 0}};
    ::poll(watched.data(), watched.size(), -1);
    if (watched[0].revents == 0) {  // woken up to count who is left; the byte stays
      turns.one_more();
      continue;
    }
    std::thread(serve_and_tell, std::cref(options), accept_client(listener), wake_up.writer)
        .detach();
  }
}

}  // namespace sockspec::reference::faulty
