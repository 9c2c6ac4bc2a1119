// Answers a line when its newline has come, and what follows the last newline only at the end:
// fgets(), readLine() or getline() in a protocol that knows no lines. A telnet always sends whole
// lines.
#include <cstddef>
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLongestLine = 8192;  // fgets() returns when its buffer is full

// True when the session goes on.
bool answer_line(int client, const FaultyOptions& options, const std::string& line) {
  if (!send_all(client, answer(options, line))) return false;
  const bool end = options.profile == "tcp-echo-end" &&
                   (line == options.end_message || line == options.end_message + "\n");
  if (end) end_session(client);
  return !end;
}

void serve_lines(int client, const FaultyOptions& options) {
  std::string line;
  for (std::string bytes; !(bytes = receive(client)).empty();) {
    for (const char byte : bytes) {
      line += byte;
      if (byte != '\n' && line.size() < kLongestLine) continue;
      if (!answer_line(client, options, line)) return;
      line.clear();
    }
  }
  if (!line.empty()) answer_line(client, options, line);
}

}  // namespace

int serve_line_only(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) { serve_lines(client, options); });
}

}  // namespace sockspec::reference::faulty
