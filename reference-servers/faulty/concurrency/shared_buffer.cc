// One buffer for all clients: the loop first reads everybody who has sent something, and then
// answers everybody out of the buffer, where the last one's bytes are. People make the buffer
// static to save the allocation; with one client at a time it does no harm.
#include <unistd.h>

#include <list>
#include <string>
#include <vector>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr useconds_t kMoment = 5'000;  // so that who sends at the same time meets in one turn

}  // namespace

int serve_shared_buffer(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  std::string buffer;
  for (;;) {
    bool arrived = wait_for_events(listener, clients);
    if (clients.size() > 1) {
      ::usleep(kMoment);
      arrived = wait_for_events(listener, clients, 0);
    }
    std::vector<QueuedClient*> waiting;
    for (QueuedClient& client : clients) {
      client.flush();
      if (!client.readable()) continue;
      const std::string bytes = client.read();
      client.ended = bytes.empty();
      if (client.ended) continue;
      buffer = client.session.reply_to(bytes);
      waiting.push_back(&client);
    }
    for (QueuedClient* client : waiting) client->say(buffer);
    let_go(clients);
    if (arrived) clients.emplace_back(options, accept_client(listener));
  }
}

}  // namespace sockspec::reference::faulty
