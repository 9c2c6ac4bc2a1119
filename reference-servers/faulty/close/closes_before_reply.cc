// Sees that the client has ended its sending and closes, without the reply to the request that came
// before. People watch for a client's end with POLLRDHUP and treat it first, because they take it
// for a client that has gone; "printf hello | nc" is such a client, and still reads.
#include <string>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

// The FIN often comes a moment after the request. Waiting for it makes the loss certain.
constexpr int kMomentMs = 20;

}  // namespace

int serve_closes_before_reply(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    const std::string request = receive_request(options, client);
    if (request.empty() || has_left(client, kMomentMs)) return;
    if (send_all(client, answer(options, request))) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
