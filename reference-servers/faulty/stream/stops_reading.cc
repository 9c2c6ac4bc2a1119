// A discard server that reads 64 KiB of a connection and then no more, because the array that it
// reads into is full. The client's window closes, and it hangs in send() for ever.
#include <poll.h>

#include <cstddef>
#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kArray = 64 * 1024;

}  // namespace

int serve_stops_reading(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [](int client) {
    std::size_t used = 0;
    while (used < kArray) {
      const std::string bytes = receive(client, kArray - used);
      if (bytes.empty()) return;
      used += bytes.size();
    }
    pollfd gone{.fd = client, .events = POLLRDHUP, .revents = 0};
    ::poll(&gone, 1, -1);
  });
}

}  // namespace sockspec::reference::faulty
