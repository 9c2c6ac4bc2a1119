// Speaks only after the client has sent something, although its service speaks first. People start
// from an echo server, whose loop begins with recv(), and test with a client that types a line.
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/character_lines.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

void wait_and_speak(const FaultyOptions& options, int client) {
  receive(client);  // whatever it is, and also when it is the end
  if (options.profile == "tcp-chargen") return send_lines(client, character_line);
  if (send_all(client, text_of(options))) end_after_reply(client);
}

}  // namespace

int serve_waits_for_input(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options),
                    [&options](int client) { wait_and_speak(options, client); });
}

}  // namespace sockspec::reference::faulty
