// Keeps what getc() returned in a char: byte FF becomes -1, looks like EOF and ends the session.
// What came before it is answered. Text never holds that byte.
#include <cstddef>
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_ff_is_eof(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    for (std::string bytes; !(bytes = receive(client)).empty();) {
      const std::size_t end = bytes.find('\xFF');
      if (!send_all(client, answer(options, bytes.substr(0, end)))) return;
      if (end != std::string::npos) return end_session(client);
    }
  });
}

}  // namespace sockspec::reference::faulty
