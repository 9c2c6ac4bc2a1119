// Decodes the client's first bytes as UTF-8, only to print them, and ends with an uncaught error
// when they are none. People write print(data.decode()) in every exercise, and test with text.
#include <unistd.h>

#include <cstdio>
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"
#include "reference-servers/faulty/session/utf8_text.h"

namespace sockspec::reference::faulty {

int serve_needs_text(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  for (;;) {
    const int client = accept_client(listener);
    const std::string request = receive_request(options, client);
    if (!is_utf8_text(request)) {
      std::fputs("UnicodeDecodeError: 'utf-8' codec can't decode the request\n", stderr);
      return 1;
    }
    if (!request.empty() && send_all(client, text_of(options))) end_after_reply(client);
    ::close(client);
  }
}

}  // namespace sockspec::reference::faulty
