// Sends without blocking and ignores what send() returned: the bytes that the kernel did not take
// are lost. Nothing is lost as long as the client reads at once, so it works until one is slow. The
// fixed send buffer makes it sure that only a slow reader loses anything.
#include <sys/socket.h>

#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kSendBuffer = 200'000;  // bytes; the kernel doubles it

}  // namespace

int serve_short_write(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    ::setsockopt(client, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
    for (std::string bytes; !(bytes = receive(client)).empty();) {
      const std::string reply = answer(options, bytes);
      ::send(client, reply.data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
  });
}

}  // namespace sockspec::reference::faulty
