// Greets each client with "Welcome!" on a port where the client has to speak first. It shows a
// person that the connection is there; a program takes it for the reply to its first message.
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_banner_first(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    if (!send_all(client, "Welcome!\n")) return;
    answer_client(client, options,
                  [&](std::string_view message) { return answer(options, message); });
  });
}

}  // namespace sockspec::reference::faulty
