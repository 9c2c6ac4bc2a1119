// Closes at the end message without echoing it. People test for it right after recv(), because that
// is where the loop has its other break, and the echo stands below.
#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {

int serve_end_not_echoed(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    std::string message;
    while (!(message = receive(client)).empty()) {
      if (message == options.end_message) return end_after_reply(client);
      if (!send_all(client, message)) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
