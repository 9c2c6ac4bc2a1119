// Answers and never closes: the loop goes back to accept() and forgets the client's socket. People
// leave close() out, because the reply arrives on their screen without it, and a client that reads
// to the end waits for ever.
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

bool speaks_first(const FaultyOptions& options) {
  return options.profile == "tcp-daytime" || options.profile == "tcp-qotd";
}

}  // namespace

int serve_keeps_open(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  for (;;) {
    const int client = accept_client(listener);
    if (speaks_first(options)) {
      send_all(client, text_of(options));
      continue;
    }
    const std::string request = receive_request(options, client);
    if (!request.empty()) send_all(client, answer(options, request));
  }
}

}  // namespace sockspec::reference::faulty
