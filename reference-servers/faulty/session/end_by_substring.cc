// Ends the session at every message that has the end message in it somewhere. People write `if
// "/end" in data` or strstr(), which also spares them the newline of a terminal.
#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {

int serve_end_by_substring(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    std::string message;
    while (!(message = receive(client)).empty()) {
      if (!send_all(client, message)) return;
      if (message.find(options.end_message) != std::string::npos) return end_after_reply(client);
    }
  });
}

}  // namespace sockspec::reference::faulty
