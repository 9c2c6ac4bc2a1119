// Does not reckon with a client that leaves without a word: its first read delivers nothing, the
// code goes on with it all the same, and the error that nothing catches ends the process. In Java
// it is readLine() == null, in Python an index into an empty string.
#include <sys/socket.h>

#include <cstdio>
#include <list>
#include <string>
#include <unordered_set>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

int uncaught() {
  std::fputs("Exception in thread \"main\" java.lang.NullPointerException: line is null\n", stderr);
  return 1;
}

}  // namespace

int serve_dies_on_quick_leaver(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  std::unordered_set<int> silent;  // who have not said anything yet
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);
    for (QueuedClient& client : clients) {
      client.flush();
      if (client.readable()) {
        const std::string bytes = client.read();
        const bool first = silent.erase(client.socket) > 0;
        client.ended = bytes.empty();
        if (first && client.ended && client.error == 0) return uncaught();
        if (!client.session.over()) client.say(client.session.reply_to(bytes));
      }
      // After its own last word it reads on until the client has ended, so that close() is no
      // reset.
      if (client.session.over() && client.queued() == 0) ::shutdown(client.socket, SHUT_WR);
    }
    let_go(clients);
    if (!arrived) continue;
    silent.insert(clients.emplace_back(options, accept_client(listener)).socket);
  }
}

}  // namespace sockspec::reference::faulty
