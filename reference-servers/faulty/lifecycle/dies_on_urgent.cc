// Watches its clients for "exceptional conditions" as well, takes one for an error, and ends. What
// poll() and select() mean by it is urgent data (MSG_OOB), which anybody may send. The third set of
// select() invites to this mistake.
#include <poll.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

void wait_for_input(int client) {
  pollfd watched{.fd = client, .events = POLLIN | POLLPRI, .revents = 0};
  ::poll(&watched, 1, -1);
  if ((watched.revents & POLLPRI) == 0) return;
  std::fputs("fatal: exceptional condition on a socket\n", stderr);
  std::_Exit(1);
}

}  // namespace

int serve_dies_on_urgent(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    ClientSession session(options);
    while (!session.over()) {
      wait_for_input(client);
      const std::string bytes = receive(client);
      if (bytes.empty() || !send_all(client, session.reply_to(bytes))) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
