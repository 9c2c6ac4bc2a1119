// Ends the whole server when one client sends the end message: all sessions break off. People call
// exit() in the client's thread, or clear the one `running` flag that all loops look at.
#include <cstdlib>
#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"

namespace sockspec::reference::faulty {

int serve_end_ends_all(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    std::string message;
    while (!(message = receive(client)).empty()) {
      if (!send_all(client, message)) return;
      if (message == options.end_message) std::exit(0);
    }
  });
}

}  // namespace sockspec::reference::faulty
