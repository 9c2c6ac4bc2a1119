// Greets only who says hello and shows everybody else the door without a word. People take the
// example of the assignment ("the client says hello") for the protocol.
#include <strings.h>

#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::string_view kHello = "hello";

bool says_hello(const std::string& request) {
  return ::strncasecmp(request.c_str(), kHello.data(), kHello.size()) == 0;
}

}  // namespace

int serve_answers_only_hello(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    if (!says_hello(receive_request(options, client))) return;
    if (send_all(client, text_of(options))) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
