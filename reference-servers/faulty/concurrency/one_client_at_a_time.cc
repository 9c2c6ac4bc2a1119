// Accepts a client, serves it until it leaves, and only then accepts the next one: everybody else
// waits, however silent the first one is. It is the first server of every textbook.
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

int serve_one_client_at_a_time(const FaultyOptions& options) {
  one_after_the_other(listen_tcp(options),
                      [&options](int client) { serve_session(options, client); });
}

}  // namespace sockspec::reference::faulty
