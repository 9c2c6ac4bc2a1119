// Does not react to SIGTERM and has to be killed. People block all signals to keep their threads
// from being interrupted, or install a handler that only sets a flag which nobody reads.
#include <csignal>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

[[noreturn]] void answer_datagrams(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram request = receive_datagram(socket);
    send_datagram(socket, request, answer(options, request.bytes));
  }
}

}  // namespace

int serve_ignores_sigterm(const FaultyOptions& options) {
  std::signal(SIGTERM, SIG_IGN);
  if (options.profile.starts_with("udp-")) answer_datagrams(options);
  thread_per_client(listen_tcp(options),
                    [&options](int client) { serve_session(options, client); });
}

}  // namespace sockspec::reference::faulty
