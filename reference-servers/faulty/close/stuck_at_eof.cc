// Serves one client at a time, and does not test what recv() returned: once its first client has
// left, it asks that connection again and again, and accepts nobody else. Two habits of a first
// server that by themselves do little harm: together the second client waits for ever.
#include <unistd.h>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

// A first server does not pause here, and needs a whole processor. Every scenario leaves this one
// stuck, and so many copies at once would take the processors from whom the suite judges beside it.
constexpr useconds_t kPause = 5'000;

}  // namespace

int serve_stuck_at_eof(const FaultyOptions& options) {
  one_after_the_other(listen_tcp(options), [&options](int client) {
    ClientSession session(options);
    while (!session.over()) {
      const std::string bytes = receive(client, most_of_request(options));
      if (bytes.empty()) ::usleep(kPause);
      send_all(client, session.reply_to(bytes));
    }
    end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
