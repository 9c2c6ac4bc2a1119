// Reads to the end of the stream before it answers anything: read_to_string(),
// socket.makefile().read() or readAllBytes(). A client that waits for its reply before it closes
// waits for ever.
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_waits_for_eof(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    const auto reply = [&](std::string_view message) { return answer(options, message); };
    std::string input;
    for (std::string bytes; !(bytes = receive(client)).empty();) input += bytes;
    send_all(client, take_replies(input, options, reply));
  });
}

}  // namespace sockspec::reference::faulty
