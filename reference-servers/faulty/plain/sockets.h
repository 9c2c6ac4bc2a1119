// Plain blocking sockets, as novices' servers use them: what every faulty server needs and none of
// them gets wrong.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

enum class Reuse { Yes, No };  // SO_REUSEADDR

// A listening socket, announced on standard output. Ends the process with code 1 and one line on
// standard error when there is none to be had.
int listen_tcp(const FaultyOptions& options, int backlog = 128, Reuse reuse = Reuse::Yes);

// A bound UDP socket, announced on standard output; ends the process as listen_tcp does.
int bind_udp(const FaultyOptions& options);

// The next client; waits for it. Errors of single clients (ECONNABORTED, EINTR) are not its end.
int accept_client(int listener);

// Everything, however many calls it takes; no SIGPIPE. False when the client has gone.
bool send_all(int client, std::string_view bytes);

// One recv() of at most `most` bytes. Empty at the end of the stream and when the connection broke.
std::string receive(int client, std::size_t most = 64 * 1024);

// One datagram, and who sent it. `bytes` may be empty.
struct Datagram {
  std::string bytes;
  sockaddr_storage from{};
  socklen_t from_length = 0;
};
Datagram receive_datagram(int socket);

void send_datagram(int socket, const Datagram& to, std::string_view bytes);

}  // namespace sockspec::reference::faulty
