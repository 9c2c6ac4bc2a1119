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

// So much is read ahead of a slow client: more than twice what the kernel takes by default
// (tcp_wmem), so that the FIN behind so much is seen while the client still reads nothing.
constexpr std::size_t kReadAhead = 9 * 1024 * 1024;

// Reading comes first; it writes only what does not have to wait, or when there is nothing to read.
// So the end is never seen with a queue that has just been emptied.
void serve(QueuedClient& client) {
  if (!client.readable()) return client.flush();
  const std::string bytes = client.read();
  client.ended = bytes.empty();
  const bool must_wait = client.queued() > 0;
  client.put(client.session.reply_to(bytes));
  if (!must_wait) client.flush();
}

}  // namespace

int serve_drop_at_eof(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);
    for (QueuedClient& client : clients) serve(client);
    clients.remove_if([](const QueuedClient& client) {
      return client.ended || client.session.over() || client.error != 0;
    });
    if (arrived) clients.emplace_back(options, accept_client(listener), kReadAhead);
  }
}

}  // namespace sockspec::reference::faulty
