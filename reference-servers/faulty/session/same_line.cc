// Repeats one line of 72 characters for ever: the ring does not turn. People build the line once,
// before the loop, or never add one to where the next begins.
#include <cstddef>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/character_lines.h"
#include "reference-servers/faulty/session/faults.h"

namespace sockspec::reference::faulty {

int serve_same_line(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [](int client) {
    send_lines(client, [](std::size_t) { return character_line(0); });
  });
}

}  // namespace sockspec::reference::faulty
