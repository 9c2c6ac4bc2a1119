// Writes its reply in pieces, looks at no result, and leaves SIGPIPE as it is: when the client
// resets in the middle, the first piece fails, and the second kills the process. People write
// through a buffer of 512 bytes and never meet a client that does not wait for its reply.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kPiece = 512;

void write_in_pieces(int client, std::string_view bytes) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    const std::string_view piece = bytes.substr(0, kPiece);
    [[maybe_unused]] const ssize_t taken = ::write(client, piece.data(), piece.size());
  }
}

}  // namespace

int serve_dies_on_sigpipe(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&options](int client) {
    const int yes = 1;  // so that the last piece does not wait for the client's acknowledgment
    ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    ClientSession session(options);
    while (!session.over()) {
      const std::string bytes = receive(client);
      if (bytes.empty()) return;
      write_in_pieces(client, session.reply_to(bytes));
    }
  });
}

}  // namespace sockspec::reference::faulty
