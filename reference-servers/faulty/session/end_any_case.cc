// Takes /END and /End for the end message as well. People compare with equalsIgnoreCase(),
// strcasecmp() or lower() to be kind to those who type.
#include <strings.h>

#include <string>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

bool equal_in_any_case(const std::string& message, const std::string& end) {
  return message.size() == end.size() && ::strcasecmp(message.c_str(), end.c_str()) == 0;
}

}  // namespace

int serve_end_any_case(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    std::string message;
    while (!(message = receive(client)).empty()) {
      if (!send_all(client, message)) return;
      if (equal_in_any_case(message, options.end_message)) return end_after_reply(client);
    }
  });
}

}  // namespace sockspec::reference::faulty
