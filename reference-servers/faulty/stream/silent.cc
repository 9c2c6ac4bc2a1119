// Reads everything and answers nothing, not even where the server has to speak first. People forget
// the send(), or write into a buffered stream (FILE *, PrintWriter) that they never flush.
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_silent(const FaultyOptions& options) {
  if (options.profile.starts_with("udp-")) {
    for (const int socket = bind_udp(options);;) receive_datagram(socket);
  }
  thread_per_client(listen_tcp(options), [](int client) {
    while (!receive(client).empty()) {
    }
  });
}

}  // namespace sockspec::reference::faulty
