// Sends the reply twice. People write it to a buffered stream in the function that makes it and
// once more in the one that sends it, or leave the line of an earlier attempt in.
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {

int serve_two_replies(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    const std::string request = receive_request(options, client);
    if (request.empty()) return;
    const std::string reply = answer(options, request);
    std::string stream = reply;
    stream += reply;
    if (send_all(client, stream)) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
