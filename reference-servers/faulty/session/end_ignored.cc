// Echoes the end message like any other and goes on. People compare it with what they received
// including a newline, or with == on two char pointers, so that the test is never true.
#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"

namespace sockspec::reference::faulty {

int serve_end_ignored(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [](int client) {
    std::string message;
    while (!(message = receive(client)).empty()) {
      if (!send_all(client, message)) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
