// Sets SO_REUSEPORT as well, so that a second instance starts on the same port without a word, and
// each gets a share of the clients. People take it for the stronger SO_REUSEADDR, forget the old
// instance in another window, and wonder whose answers they see.
#include <netdb.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr int kBacklog = 128;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::exit(1);
}

// What plain/sockets.h would do, but with the option, which has to come before bind().
int shared_socket(const FaultyOptions& options, int type) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = type;
  addrinfo* found = nullptr;
  if (::getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found))
    give_up("no such address");
  const int socket = ::socket(found->ai_family, type | SOCK_CLOEXEC, found->ai_protocol);
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
  if (::bind(socket, found->ai_addr, found->ai_addrlen) != 0) give_up("bind");
  ::freeaddrinfo(found);
  if (type == SOCK_STREAM && ::listen(socket, kBacklog) != 0) give_up("listen");
  return socket;
}

void announce(int socket, const FaultyOptions& options) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  const auto port = reinterpret_cast<const sockaddr_in*>(&address)->sin_port;  // where IPv6 has it
  const bool six = address.ss_family == AF_INET6;
  std::printf("READY %s%s%s:%u\n", six ? "[" : "", options.host.c_str(), six ? "]" : "",
              static_cast<unsigned>(ntohs(port)));
  std::fflush(stdout);
}

}  // namespace

int serve_second_on_same_port(const FaultyOptions& options) {
  const bool udp = options.profile.starts_with("udp-");
  const int socket = shared_socket(options, udp ? SOCK_DGRAM : SOCK_STREAM);
  announce(socket, options);
  while (udp) {
    const Datagram request = receive_datagram(socket);
    send_datagram(socket, request, answer(options, request.bytes));
  }
  thread_per_client(socket, [&options](int client) { serve_session(options, client); });
}

}  // namespace sockspec::reference::faulty
