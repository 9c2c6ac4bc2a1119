// Sleeps for a quarter of a second before each reply. People leave in the sleep() that once let
// them watch the messages pass, or "simulate work"; every reply is right, and late.
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <thread>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr useconds_t kPause = 250'000;
constexpr std::size_t kMostOfStream = 4 * 1024 * 1024;  // much at once: late, but not slow

[[noreturn]] void answer_datagrams(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    // A thread for each: so a burst comes back as late as a single one, and not later and later.
    std::thread([&options, socket, request = receive_datagram(socket)] {
      ::usleep(kPause);
      send_datagram(socket, request, answer(options, request.bytes));
    }).detach();
  }
}

bool has_input(int client) {
  char first = 0;
  return ::recv(client, &first, 1, MSG_PEEK) > 0;
}

void answer_client(const FaultyOptions& options, int client) {
  const bool once = options.profile == "tcp-uppercase-once";
  ClientSession session(options);
  while (!session.over() && has_input(client)) {
    ::usleep(kPause);
    const std::string bytes = receive(client, once ? most_of_request(options) : kMostOfStream);
    if (bytes.empty() || !send_all(client, session.reply_to(bytes))) return;
  }
  if (session.over()) end_after_reply(client);
}

}  // namespace

int serve_sleeps_per_message(const FaultyOptions& options) {
  if (options.profile.starts_with("udp-")) answer_datagrams(options);
  thread_per_client(listen_tcp(options),
                    [&options](int client) { answer_client(options, client); });
}

}  // namespace sockspec::reference::faulty
