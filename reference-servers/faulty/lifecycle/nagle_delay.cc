// Sends each reply in two writes, a byte and then the rest, without TCP_NODELAY: the second waits
// for the acknowledgment of the first, which the client delays by some 40 ms. People write a header
// and a body, or putc() without a buffer, and wonder why the network is slow.
#include <string>
#include <string_view>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

bool send_in_two(int client, std::string_view reply) {
  return send_all(client, reply.substr(0, 1)) &&
         (reply.size() < 2 || send_all(client, reply.substr(1)));
}

}  // namespace

int serve_nagle_delay(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    ClientSession session(options);
    while (!session.over()) {
      const std::string bytes = receive(client);
      if (bytes.empty() || !send_in_two(client, session.reply_to(bytes))) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
