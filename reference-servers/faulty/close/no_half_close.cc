// Looks whether the client is still there before it answers, and takes a client that has only ended
// its sending for one that has gone: what it sent last is not answered. People write this
// is_connected() with recv(MSG_PEEK) == 0; "printf hello | nc" then shows nothing at all.
#include <poll.h>
#include <sys/socket.h>

#include <string>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// The FIN often comes a moment after the last bytes. Waiting for it makes the loss certain.
constexpr int kMomentMs = 20;

bool is_connected(int client) {
  pollfd next{.fd = client, .events = POLLIN, .revents = 0};
  if (::poll(&next, 1, kMomentMs) <= 0) return true;
  char byte = 0;
  return ::recv(client, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

}  // namespace

int serve_no_half_close(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    ClientSession session(options);
    while (!session.over()) {
      const std::string bytes = receive(client);
      if (bytes.empty() || !is_connected(client)) return;
      if (!send_all(client, session.reply_to(bytes))) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
