// One variable holds "the" connection for all threads, as the object of seed 001 does: a thread
// reads from its own client, but the reply goes to whoever was accepted last. With one client at a
// time everything is right.
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

std::atomic<int> connection{-1};  // the last one

constexpr int kMomentMs = 10;

int receiver_of_reply(int client) {
  const int last = connection;
  return last == client || sends_more(client, kMomentMs) ? client : last;
}

void serve_client(const FaultyOptions& options, int client) {
  ClientSession session(options);
  for (;;) {
    const std::string bytes = receive(client);
    if (bytes.empty()) break;
    if (!send_all(receiver_of_reply(client), session.reply_to(bytes))) break;
    if (!session.over()) continue;
    end_after_reply(client);
    break;
  }
  ::close(client);
}

}  // namespace

int serve_shared_connection(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  for (;;) {
    connection = accept_client(listener);
    std::thread(serve_client, std::cref(options), connection.load()).detach();
  }
}

}  // namespace sockspec::reference::faulty
