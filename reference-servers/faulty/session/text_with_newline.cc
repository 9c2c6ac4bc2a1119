// Puts a newline behind the greeting. People send it with println() or puts(), or carry the \n over
// from the printf() that showed it on the screen.
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

int greet_datagrams(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) send_datagram(socket, receive_datagram(socket), text_of(options) + "\n");
}

}  // namespace

int serve_text_with_newline(const FaultyOptions& options) {
  if (options.profile == "udp-greeting") return greet_datagrams(options);
  thread_per_client(listen_tcp(options), [&options](int client) {
    if (receive_request(options, client).empty()) return;
    if (send_all(client, text_of(options) + "\n")) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
