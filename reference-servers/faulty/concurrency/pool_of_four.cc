// Four threads, and each holds one client until it leaves: the fifth waits, although the four may
// be silent. People take newFixedThreadPool(4) from an example, where a task is a calculation and
// not a visitor who stays.
#include <thread>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kThreads = 4;

}  // namespace

int serve_pool_of_four(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  const auto work = [&options, listener] {
    one_after_the_other(listener, [&options](int client) { serve_session(options, client); });
  };
  for (int i = 1; i < kThreads; ++i) std::thread(work).detach();
  work();
  return 0;
}

}  // namespace sockspec::reference::faulty
