// Answers in another order than it was asked: when several clients wait in one turn of the loop,
// the first one gets the reply of the last, and the other way round. People put requests into a
// queue and the answers into another, and pair them by position.
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <list>
#include <string>
#include <vector>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/concurrency/queued_client.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr useconds_t kMoment = 5'000;  // so that who sends at the same time meets in one turn
constexpr std::size_t kMostDatagrams = 64;

bool another_waits(int socket) {
  char byte = 0;
  return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

[[noreturn]] void swap_datagrams(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    std::vector<Datagram> requests{receive_datagram(socket)};
    ::usleep(kMoment);
    while (requests.size() < kMostDatagrams && another_waits(socket)) {
      requests.push_back(receive_datagram(socket));
    }
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const Datagram& peer = requests[requests.size() - 1 - i];
      send_datagram(socket, peer, answer(options, requests[i].bytes));
    }
  }
}

[[noreturn]] void swap_replies(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  std::list<QueuedClient> clients;
  for (;;) {
    bool arrived = wait_for_events(listener, clients);
    if (clients.size() > 1) {
      ::usleep(kMoment);
      arrived = wait_for_events(listener, clients, 0);
    }
    std::vector<QueuedClient*> waiting;
    std::vector<std::string> replies;
    for (QueuedClient& client : clients) {
      client.flush();
      if (!client.readable()) continue;
      const std::string bytes = client.read();
      client.ended = bytes.empty();
      if (client.ended) continue;
      replies.push_back(client.session.reply_to(bytes));
      waiting.push_back(&client);
    }
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      waiting[i]->say(replies[replies.size() - 1 - i]);
    }
    let_go(clients);
    if (arrived) clients.emplace_back(options, accept_client(listener));
  }
}

}  // namespace

int serve_swaps_replies(const FaultyOptions& options) {
  if (options.profile.starts_with("udp-")) swap_datagrams(options);
  swap_replies(options);
}

}  // namespace sockspec::reference::faulty
