// Ends with the first client that breaks its connection off: recv() or send() fails, nothing
// catches the error, and it ends the loop and the process. People never see it in their own tests,
// where every client says goodbye.
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <list>
#include <string>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

void serve_turn(QueuedClient& client) {
  client.flush();
  if (client.error == 0 && client.readable()) {
    const std::string bytes = client.read();
    client.ended = bytes.empty();
    if (!client.session.over()) client.say(client.session.reply_to(bytes));
  }
  // After its own last word it reads on, until the client has ended or has broken off.
  if (client.session.over() && client.queued() == 0) ::shutdown(client.socket, SHUT_WR);
}

int uncaught(int error) {
  const bool pipe = error == EPIPE;
  std::fprintf(stderr, "Traceback (most recent call last):\n%s: [Errno %d] %s\n",
               pipe ? "BrokenPipeError" : "ConnectionResetError", error,
               pipe ? "Broken pipe" : "Connection reset by peer");
  return 1;
}

}  // namespace

int serve_dies_on_reset(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);
    for (QueuedClient& client : clients) {
      serve_turn(client);
      if (client.error != 0) return uncaught(client.error);
    }
    let_go(clients);
    if (!arrived) continue;
    serve_turn(clients.emplace_back(options, accept_client(listener)));
  }
}

}  // namespace sockspec::reference::faulty
