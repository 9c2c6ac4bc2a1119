// Takes EAGAIN for an error. In an event loop the sockets do not block, so send() fails with EAGAIN
// where the kernel's buffer is full, which only a client that reads slowly brings about. In C the
// usual "if (send(...) < 0)" then ends this client; in Python sendall() throws BlockingIOError, and
// nobody catches it. The fixed send buffer makes sure that a client which reads is never ended.
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <list>

#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kSendBuffer = 200'000;  // bytes; the kernel doubles it

// False when not all of the reply could be sent at once.
bool serve_turn(QueuedClient& client) {
  if (!client.readable()) return true;
  const std::string bytes = client.read();
  client.ended = bytes.empty();
  client.say(client.session.reply_to(bytes));
  return client.queued() == 0 || client.error != 0;
}

int uncaught() {
  std::fprintf(stderr,
               "Traceback (most recent call last):\n    conn.sendall(data)\n"
               "BlockingIOError: [Errno %d] Resource temporarily unavailable\n",
               EAGAIN);
  return 1;
}

enum class Ends { Client, Server };

int serve(const FaultyOptions& options, Ends ends) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);
    for (QueuedClient& client : clients) {
      if (serve_turn(client)) continue;
      if (ends == Ends::Server) return uncaught();
      std::fputs("send: Resource temporarily unavailable\n", stderr);
      client.error = EAGAIN;
    }
    let_go(clients);
    if (!arrived) continue;
    const QueuedClient& client = clients.emplace_back(options, accept_client(listener));
    ::setsockopt(client.socket, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
  }
}

}  // namespace

int serve_closes_on_eagain(const FaultyOptions& options) { return serve(options, Ends::Client); }

int serve_dies_on_eagain(const FaultyOptions& options) { return serve(options, Ends::Server); }

}  // namespace sockspec::reference::faulty
