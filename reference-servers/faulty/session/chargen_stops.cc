// Ends after ten lines, where the characters should come until the client closes. People print a
// handful of lines to see the pattern, with a for loop, and hand it in like that.
#include <cstddef>
#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/character_lines.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLines = 10;

}  // namespace

int serve_chargen_stops(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [](int client) {
    send_lines(client, [](std::size_t number) {
      return number < kLines ? character_line(number) : std::string();
    });
    end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
