// Serves one client, and then the program is over. People leave out the loop around accept():
// their own test, with one client, needs none.
#include <unistd.h>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/character_lines.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {

int serve_exits_after_first_client(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  const int client = accept_client(listener);
  if (options.profile == "tcp-chargen") {
    send_lines(client, character_line);
  } else {
    converse(options, client);
  }
  ::close(listener);  // before the client sees its end: so the next one is always refused
  end_after_reply(client);
  ::close(client);
  return 0;
}

}  // namespace sockspec::reference::faulty
