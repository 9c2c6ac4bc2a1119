// Greets with another text than the assignment asks for. People type the greeting from memory, or
// leave in the "Hello, World!" of the program that they began with.
#include <string_view>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::string_view kText = "Hello, World!";

int greet_datagrams(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) send_datagram(socket, receive_datagram(socket), kText);
}

}  // namespace

int serve_wrong_text(const FaultyOptions& options) {
  if (options.profile == "udp-greeting") return greet_datagrams(options);
  thread_per_client(listen_tcp(options), [&options](int client) {
    if (receive_request(options, client).empty()) return;
    if (send_all(client, kText)) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
