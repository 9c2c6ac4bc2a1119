// Listens without SO_REUSEADDR: after a stop with open connections it cannot be started again on
// its port for a minute, until their TIME_WAIT is over. Everybody meets it ("address already in
// use"), waits a minute, and hands it in like that.
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kBacklog = 128;

}  // namespace

int serve_no_reuseaddr(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options, kBacklog, Reuse::No),
                    [&options](int client) { serve_session(options, client); });
}

}  // namespace sockspec::reference::faulty
