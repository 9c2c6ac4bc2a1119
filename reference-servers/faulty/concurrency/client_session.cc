#include "reference-servers/faulty/concurrency/client_session.h"

#include <poll.h>

#include <cstddef>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/character_lines.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;  // a longer one ends the session

bool speaks_first(const FaultyOptions& options) {
  return options.profile == "tcp-daytime" || options.profile == "tcp-qotd";
}

bool is_end(const FaultyOptions& options, std::string_view message) {
  if (options.profile == "tcp-echo-end") return message == options.end_message;
  return options.profile == "tcp-uppercase-once" || options.profile == "tcp-greeting";
}

bool happens(int client, short event, int milliseconds) {
  pollfd watched{.fd = client, .events = event, .revents = 0};
  return ::poll(&watched, 1, milliseconds) > 0;
}

}  // namespace

ClientSession::ClientSession(const FaultyOptions& options) : options_(options) {}

std::string ClientSession::opening() {
  if (!speaks_first(options_)) return {};
  over_ = true;
  return text_of(options_);
}

std::string ClientSession::reply_to(std::string_view bytes) {
  if (options_.profile == "tcp-discard" || options_.profile == "tcp-chargen") return {};
  if (is_line_profile(options_)) return reply_to_lines(bytes);
  over_ = is_end(options_, bytes);
  return answer(options_, bytes);
}

std::string ClientSession::reply_to_lines(std::string_view bytes) {
  unfinished_line_ += bytes;
  const std::size_t last = unfinished_line_.rfind('\n');
  const std::size_t complete = last == std::string::npos ? 0 : last + 1;
  std::string lines = unfinished_line_.substr(0, complete);
  unfinished_line_.erase(0, complete);
  over_ = unfinished_line_.size() > kLongestLine;
  return answer(options_, lines);
}

bool converse(const FaultyOptions& options, int client) {
  ClientSession session(options);
  if (!send_all(client, session.opening())) return false;
  while (!session.over()) {
    const std::string bytes = receive(client, most_of_request(options));
    if (bytes.empty() || !send_all(client, session.reply_to(bytes))) return false;
  }
  return true;
}

bool has_left(int client, int milliseconds) { return happens(client, POLLRDHUP, milliseconds); }

bool sends_more(int client, int milliseconds) { return happens(client, POLLIN, milliseconds); }

void serve_session(const FaultyOptions& options, int client) {
  if (options.profile == "tcp-chargen") {
    send_lines(client, character_line);
  } else if (converse(options, client)) {
    end_after_reply(client);
  }
}

}  // namespace sockspec::reference::faulty
