// Closes a connection on which nothing has come for a second, or whose client has not read for
// three: settimeout() or SO_RCVTIMEO, set once so that recv() cannot hang, and the timeout taken
// for the end.
#include <sys/socket.h>
#include <sys/time.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;  // a longer one ends the session

void limit_wait(int client, int which, int seconds) {
  const timeval limit{.tv_sec = seconds, .tv_usec = 0};
  ::setsockopt(client, SOL_SOCKET, which, &limit, sizeof limit);
}

// A blocking send() takes less than everything only when its time is up.
bool send_in_time(int client, std::string_view bytes) {
  return ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(bytes.size());
}

}  // namespace

int serve_idle_timeout(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    limit_wait(client, SO_RCVTIMEO, 1);
    limit_wait(client, SO_SNDTIMEO, 3);
    const auto reply = [&](std::string_view message) { return answer(options, message); };
    std::string input;
    for (std::string bytes; !(bytes = receive(client, kUsualRead)).empty();) {
      input += bytes;
      const std::string replies = take_replies(input, options, reply);
      if (!send_in_time(client, replies) || input.size() > kLongestLine) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
