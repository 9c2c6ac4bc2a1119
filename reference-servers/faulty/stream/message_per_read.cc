// Takes what one recv() delivers for one line: it removes the newlines, and its println() adds one.
// In a try by hand each line is one read; half a line, or two of them in one read, are not seen
// then.
#include <cstddef>
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kRead = 4096;  // more than one line of the largest size, for sure

}  // namespace

int serve_message_per_read(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    for (std::string line; !(line = receive(client, kRead)).empty();) {
      std::erase(line, '\n');
      if (!send_all(client, answer(options, line) + "\n")) return;
    }
  });
}

}  // namespace sockspec::reference::faulty
