#include "reference-servers/faulty/session/one_reply.h"

#include <poll.h>
#include <sys/socket.h>

#include <chrono>

#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

using std::chrono::steady_clock;

constexpr auto kDrain = std::chrono::milliseconds(500);
constexpr std::size_t kMostOfText = 64 * 1024;
constexpr std::size_t kMostOfRequest = 1024;

}  // namespace

std::size_t most_of_request(const FaultyOptions& options) {
  if (options.profile != "tcp-uppercase-once") return kMostOfText;
  return options.max_message == 0 ? kMostOfRequest : options.max_message;
}

std::string receive_request(const FaultyOptions& options, int client) {
  return receive(client, most_of_request(options));
}

void end_after_reply(int client) {
  ::shutdown(client, SHUT_WR);
  const auto until = steady_clock::now() + kDrain;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
    pollfd ready{.fd = client, .events = POLLIN, .revents = 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0) return;
    if (receive(client).empty()) return;
  }
}

}  // namespace sockspec::reference::faulty
