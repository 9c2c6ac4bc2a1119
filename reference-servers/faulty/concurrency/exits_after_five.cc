// Accepts five clients, each with a thread of its own, and is over when they are served. People
// count the clients of their own test into the loop ("for i in range(5)").
#include <unistd.h>

#include <functional>
#include <thread>
#include <vector>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kClients = 5;

void serve_client(const FaultyOptions& options, int client) {
  serve_session(options, client);
  ::close(client);
}

}  // namespace

int serve_exits_after_five(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::vector<std::thread> threads;
  for (int i = 1; i < kClients; ++i) {
    threads.emplace_back(serve_client, std::cref(options), accept_client(listener));
  }
  const int last = accept_client(listener);
  ::close(listener);  // before the last is served: so the sixth is always refused
  serve_client(options, last);
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace sockspec::reference::faulty
