// Keeps its clients in a table with room for 32. The next one is accepted, finds no place, and is
// forgotten: connected, but never served, and its descriptor is lost. It is the select() example of
// many tutorials, with its "client_socket[30]".
#include <cstddef>
#include <list>
#include <string>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kMostClients = 32;

}  // namespace

int serve_limit_32_clients(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);
    for (QueuedClient& client : clients) {
      client.flush();
      if (!client.readable()) continue;
      const std::string bytes = client.read();
      client.ended = bytes.empty();
      client.say(client.session.reply_to(bytes));
      client.ended |= client.session.over();
    }
    let_go(clients);
    if (!arrived) continue;
    const int socket = accept_client(listener);
    if (clients.size() < kMostClients) clients.emplace_back(options, socket);
  }
}

}  // namespace sockspec::reference::faulty
