#include "reference-servers/faulty/stream/answer_each.h"

#include <sys/socket.h>
#include <sys/time.h>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;    // a longer one ends the session
constexpr std::size_t kMostDrained = 1024 * 1024;  // bytes

bool is_one_request(const FaultyOptions& options) {
  return options.profile == "tcp-uppercase-once" || options.profile == "tcp-greeting";
}

[[noreturn]] void answer_datagrams(const FaultyOptions& options, const ReplyFunction& reply) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    const ReplyFunction fresh = reply;
    send_datagram(socket, datagram, fresh(datagram.bytes));
  }
}

}  // namespace

void answer_each(const FaultyOptions& options, const ReplyFunction& reply, std::size_t read_size) {
  if (options.profile.starts_with("udp-")) answer_datagrams(options, reply);
  thread_per_client(listen_tcp(options), [&](int client) {
    const ReplyFunction fresh = reply;
    answer_client(client, options, fresh, read_size);
  });
}

void answer_client(int client, const FaultyOptions& options, const ReplyFunction& reply,
                   std::size_t read_size) {
  if (is_one_request(options)) {
    const std::string request = receive(client, max_message(options));
    if (!request.empty() && send_all(client, reply(request))) end_session(client);
    return;
  }
  std::string input;
  for (std::string bytes; !(bytes = receive(client, read_size)).empty();) {
    input += bytes;
    if (!send_all(client, take_replies(input, options, reply))) return;
    if (input.size() > kLongestLine) return;
    if (options.profile == "tcp-echo-end" && bytes == options.end_message)
      return end_session(client);
  }
}

std::string take_replies(std::string& input, const FaultyOptions& options,
                         const ReplyFunction& reply) {
  std::string replies;
  std::size_t taken = 0;
  if (!is_line_profile(options)) {
    if (!input.empty()) replies = reply(input);
    taken = input.size();
  } else {
    for (std::size_t end = 0; (end = input.find('\n', taken)) != std::string::npos;
         taken = end + 1) {
      replies += reply(std::string_view(input).substr(taken, end + 1 - taken));
    }
  }
  input.erase(0, taken);
  return replies;
}

std::size_t max_message(const FaultyOptions& options) {
  return options.max_message == 0 ? kUsualRead : options.max_message;
}

void end_session(int client) {
  ::shutdown(client, SHUT_WR);
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  for (std::size_t drained = 0; drained < kMostDrained;) {
    const std::size_t more = receive(client).size();
    if (more == 0) return;
    drained += more;
  }
}

}  // namespace sockspec::reference::faulty
