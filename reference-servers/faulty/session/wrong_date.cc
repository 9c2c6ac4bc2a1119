// Says "today" where a date with the time of day belongs. People leave the placeholder in that they
// tried the connection with, or send the variable's name instead of its value.
#include <string_view>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::string_view kDate = "today\r\n";

}  // namespace

int serve_wrong_date(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [](int client) {
    if (send_all(client, kDate)) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
