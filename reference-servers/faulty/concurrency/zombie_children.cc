// A process for each client, and nobody waits for its end: each leaves a zombie behind, until the
// table of processes is full. All replies are right. People know fork() from the lecture and
// waitpid() not yet.
#include <unistd.h>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_zombie_children(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  for (;;) {
    const int client = accept_client(listener);
    if (::fork() == 0) {
      ::close(listener);
      serve_session(options, client);
      ::_exit(0);
    }
    ::close(client);
  }
}

}  // namespace sockspec::reference::faulty
