// Ends every connection with shutdown() and never calls close(). The client sees its FIN and is
// content, but the descriptor stays, and after a thousand clients accept() fails. People believe
// that shutdown() is the polite close().
#include <sys/socket.h>

#include <thread>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_leaks_descriptors(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  for (;;) {
    std::thread([&options, client = accept_client(listener)] {
      converse(options, client);
      ::shutdown(client, SHUT_RDWR);
    }).detach();
  }
}

}  // namespace sockspec::reference::faulty
