// A read that says "quit", "exit" or "bye" ends the connection. Tutorials have such a word, because
// it is handy with telnet; in an echo every word is data.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

bool is_goodbye(std::string_view bytes) {
  while (bytes.ends_with('\n') || bytes.ends_with('\r') || bytes.ends_with(' '))
    bytes.remove_suffix(1);
  return bytes == "quit" || bytes == "exit" || bytes == "bye";
}

}  // namespace

int serve_quit_command(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    for (std::string bytes; !(bytes = receive(client, kUsualRead)).empty();) {
      if (is_goodbye(bytes)) return end_session(client);
      if (!send_all(client, answer(options, bytes))) return;
      if (options.profile == "tcp-echo-end" && bytes == options.end_message)
        return end_session(client);
    }
  });
}

}  // namespace sockspec::reference::faulty
