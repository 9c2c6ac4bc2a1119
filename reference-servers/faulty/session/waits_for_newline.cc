// Answers only when a newline has come, the buffer is full, or the client has ended. People read
// the request with readLine(), fgets() or readline() because their own client sends lines; a client
// that sends a word and waits gets nothing.
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

std::string read_line(const FaultyOptions& options, int client) {
  std::string line;
  while (line.find('\n') == std::string::npos && line.size() < most_of_request(options)) {
    const std::string bytes = receive(client, most_of_request(options) - line.size());
    if (bytes.empty()) break;
    line += bytes;
  }
  return line;
}

}  // namespace

int serve_waits_for_newline(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    const std::string request = read_line(options, client);
    if (request.empty()) return;
    if (send_all(client, answer(options, request))) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
