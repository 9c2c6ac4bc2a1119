// Closes as soon as the client has sent its FIN, although replies still wait in its queue. People
// take "recv() returned 0" for "the client has gone", remove it from the list as in every tutorial,
// and its queue goes with it. With short replies nobody notices: they never wait.
#include <cstddef>
#include <list>
#include <string>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// So much is read ahead of a slow client. More than the kernel takes out of the queue at once: so
// there is always something left to lose.
constexpr std::size_t kReadAhead = 4 * 1024 * 1024;

}  // namespace

int serve_drop_at_eof(const FaultyOptions& options) {
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
    }
    clients.remove_if([](const QueuedClient& client) {
      return client.ended || client.session.over() || client.error != 0;
    });
    if (arrived) clients.emplace_back(options, accept_client(listener), kReadAhead);
  }
}

}  // namespace sockspec::reference::faulty
