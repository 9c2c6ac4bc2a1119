// Greets a client that has not said anything yet, and reads its first bytes afterwards. People put
// the "Welcome" of a chat in front, or have the two calls in the wrong order, and see no difference
// because their own client sends at once.
#include <poll.h>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

// The greeting of a client that sends at once would be early or not by luck. After this pause it is
// early for those who wait, and for nobody else.
constexpr int kPauseMs = 80;

void pause_for_input(int client) {
  pollfd ready{.fd = client, .events = POLLIN, .revents = 0};
  ::poll(&ready, 1, kPauseMs);
}

}  // namespace

int serve_greets_before_input(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    pause_for_input(client);
    if (!send_all(client, text_of(options))) return;
    receive_request(options, client);
    end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
