// One read, one reply, close: there is no loop around recv(). It works in the first try by hand,
// and the example in many textbooks is just that; the second message finds the connection closed.
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

// Empty when the client ends before its first message is complete.
std::string first_message(int client, const FaultyOptions& options) {
  if (!is_line_profile(options)) return receive(client);
  std::string input;
  for (std::string bytes; !(bytes = receive(client)).empty();) {
    input += bytes;
    if (std::string line = take_line(input); !line.empty()) return line;
  }
  return {};
}

}  // namespace

int serve_one_shot(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    std::string input = first_message(client, options);
    const auto reply = [&](std::string_view message) { return answer(options, message); };
    if (!input.empty() && send_all(client, take_replies(input, options, reply)))
      end_session(client);
  });
}

}  // namespace sockspec::reference::faulty
