// Takes recv() == 0 for "nothing there yet" and tries again, for ever: the connection is never
// closed, and one core is busy with asking. People skip empty messages ("if data: ...") and look
// for the end of the client elsewhere, as seed 001 does.
#include <list>
#include <string>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/plain/vain_turns.h"

namespace sockspec::reference::faulty {

int serve_spins_at_eof(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  VainTurns turns;
  for (;;) {
    const bool arrived = wait_for_events(listener, clients);  // returns at once for who has ended
    for (QueuedClient& client : clients) {
      client.flush();
      if (!client.readable()) continue;
      const std::string bytes = client.read();
      if (bytes.empty()) {
        turns.one_more();
        continue;
      }
      client.say(client.session.reply_to(bytes));
      client.ended = client.session.over();
    }
    let_go(clients);
    if (arrived) clients.emplace_back(options, accept_client(listener));
  }
}

}  // namespace sockspec::reference::faulty
