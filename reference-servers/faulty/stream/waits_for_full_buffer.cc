// Answers only when 1,024 bytes are there, or at the end: MSG_WAITALL, fread(), or a read loop that
// wants to fill its buffer. A short message waits until the client has sent enough others.
#include <cstddef>
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLongestLine = 64 * 1024;  // a longer one ends the session

// 1,024 bytes, or fewer at the end of the stream.
std::string full_buffer(int client) {
  std::string block;
  while (block.size() < kUsualRead) {
    const std::string more = receive(client, kUsualRead - block.size());
    if (more.empty()) break;
    block += more;
  }
  return block;
}

}  // namespace

int serve_waits_for_full_buffer(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    const auto reply = [&](std::string_view message) { return answer(options, message); };
    std::string input;
    for (std::string block; !(block = full_buffer(client)).empty();) {
      input += block;
      if (!send_all(client, take_replies(input, options, reply))) return;
      if (input.size() > kLongestLine) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
