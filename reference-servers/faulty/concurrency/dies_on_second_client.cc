// Has room for one client in its table, and nobody looks whether it is free: a second one at the
// same time is written past the end, and the process crashes. One after the other all are served,
// and that is how people test.
#include <array>
#include <cstddef>
#include <list>
#include <string>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kMostClients = 1;
constexpr int kMomentMs = 20;

// Perhaps: it has still something to say, or its end. That comes first, so that two clients that
// come one after the other never meet here.
bool is_leaving(const QueuedClient& client) {
  return client.listens() && sends_more(client.socket, kMomentMs);
}

}  // namespace

int serve_dies_on_second_client(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::array<int, kMostClients> table{};
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
    if (!arrived || (!clients.empty() && is_leaving(clients.front()))) continue;
    const int socket = accept_client(listener);
    table.at(clients.size()) = socket;  // std::out_of_range
    clients.emplace_back(options, socket);
  }
}

}  // namespace sockspec::reference::faulty
