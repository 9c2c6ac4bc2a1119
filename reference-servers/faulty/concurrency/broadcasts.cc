// Sends what one client says to all who are connected. It is a chat server, handed in as an echo
// server: people start from the chat example of a tutorial, and alone with it they see no
// difference.
#include <list>
#include <string>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kMomentMs = 10;

// Who does not read hears only so much of the others: it must not fill the memory.
void tell_all(std::list<QueuedClient>& clients, QueuedClient& speaker, const std::string& text) {
  speaker.say(text);
  if (clients.size() == 1 || sends_more(speaker.socket, kMomentMs)) return;
  for (QueuedClient& client : clients) {
    if (&client != &speaker && client.queued() < QueuedClient::kMostQueued) client.say(text);
  }
}

}  // namespace

int serve_broadcasts(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);
    for (QueuedClient& client : clients) {
      client.flush();
      if (!client.readable()) continue;
      const std::string bytes = client.read();
      client.ended = bytes.empty();
      tell_all(clients, client, client.session.reply_to(bytes));
      client.ended |= client.session.over();
    }
    let_go(clients);
    if (arrived) clients.emplace_back(options, accept_client(listener));
  }
}

}  // namespace sockspec::reference::faulty
