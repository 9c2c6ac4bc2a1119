// Reads on while the client does not, and keeps every reply in memory until it does: right to the
// last byte, but one client can fill the machine. Libraries that queue for you (uv_write(),
// transport.write(), socket.write() of Node) invite to this.
#include <limits>
#include <list>
#include <string>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

}  // namespace

int serve_unbounded_queue(const FaultyOptions& options) {
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
    if (arrived) clients.emplace_back(options, accept_client(listener), kNoLimit);
  }
}

}  // namespace sockspec::reference::faulty
