// Decodes every datagram as UTF-8, often only to print it, and ends with an uncaught error when it
// is none. People write data.decode().upper() in a loop without try, and test with words.
#include <cstdio>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/utf8_text.h"

namespace sockspec::reference::faulty {

int serve_udp_dies_on_bad_text(const FaultyOptions& options) {
  const int socket = bind_udp(options);
  for (;;) {
    const Datagram datagram = receive_datagram(socket);
    if (!is_utf8_text(datagram.bytes)) {
      std::fputs("UnicodeDecodeError: 'utf-8' codec can't decode the datagram\n", stderr);
      return 1;
    }
    send_datagram(socket, datagram, answer(options, datagram.bytes));
  }
}

}  // namespace sockspec::reference::faulty
