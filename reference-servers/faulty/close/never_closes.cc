// Leaves the loop when the client has ended, and forgets close(): the client waits for a FIN that
// never comes, and the descriptor is lost. People trust the end of the thread to tidy up, which a
// garbage collector would perhaps have done; a descriptor in C is a number.
#include <thread>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_never_closes(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  for (;;) {
    std::thread([&options, client = accept_client(listener)] {
      converse(options, client);
    }).detach();
  }
}

}  // namespace sockspec::reference::faulty
