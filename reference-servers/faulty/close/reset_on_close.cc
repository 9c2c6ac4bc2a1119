// Sets SO_LINGER with a time of 0, so that close() sends RST and not FIN. The reply itself is
// right. People copy the option from an answer to "bind: address already in use", because it does
// away with TIME_WAIT; a client that has not read everything yet may lose the rest.
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// Until the client has acknowledged every byte or is gone: so the reset costs no reply, and the
// only thing wrong is always the same.
void wait_until_delivered(int client) {
  int left = 0;
  while (::ioctl(client, SIOCOUTQ, &left) == 0 && left > 0) {
    pollfd broken{.fd = client, .events = 0, .revents = 0};
    if (::poll(&broken, 1, 1) > 0) return;
  }
}

}  // namespace

int serve_reset_on_close(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    converse(options, client);
    wait_until_delivered(client);
  });
}

}  // namespace sockspec::reference::faulty
