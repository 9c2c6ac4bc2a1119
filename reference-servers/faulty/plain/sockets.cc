#include "reference-servers/faulty/plain/sockets.h"

#include <netdb.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kMostOfRead = 64 * 1024;

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "sockspec serve: %s: %s\n", what, std::strerror(errno));
  std::exit(1);
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

int bound_socket(const FaultyOptions& options, int type, Reuse reuse) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = type;
  addrinfo* found = nullptr;
  if (::getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found))
    give_up("no such address");
  const int socket = ::socket(found->ai_family, type | SOCK_CLOEXEC, found->ai_protocol);
  if (socket < 0) give_up("socket");
  const int yes = 1;
  if (reuse == Reuse::Yes) ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(socket, found->ai_addr, found->ai_addrlen) != 0) give_up("bind");
  ::freeaddrinfo(found);
  return socket;
}

}  // namespace

int listen_tcp(const FaultyOptions& options, int backlog, Reuse reuse) {
  const int socket = bound_socket(options, SOCK_STREAM, reuse);
  if (::listen(socket, backlog) != 0) give_up("listen");
  announce(socket, options);
  return socket;
}

int bind_udp(const FaultyOptions& options) {
  const int socket = bound_socket(options, SOCK_DGRAM, Reuse::No);
  announce(socket, options);
  return socket;
}

int accept_client(int listener) {
  for (;;) {
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) return client;
    if (errno == EMFILE || errno == ENFILE) ::usleep(10'000);
  }
}

bool send_all(int client, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t taken = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(taken));
  }
  return true;
}

std::string receive(int client, std::size_t most) {
  std::array<char, kMostOfRead> buffer;
  ssize_t size = 0;
  do {
    size = ::recv(client, buffer.data(), std::min(most, buffer.size()), 0);
  } while (size < 0 && errno == EINTR);
  return std::string(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
}

Datagram receive_datagram(int socket) {
  Datagram datagram;
  std::array<char, kMostOfRead> buffer;
  for (;;) {
    datagram.from_length = sizeof datagram.from;
    const ssize_t size =
        ::recvfrom(socket, buffer.data(), buffer.size(), 0,
                   reinterpret_cast<sockaddr*>(&datagram.from), &datagram.from_length);
    if (size < 0) continue;  // an error that an earlier answer has met
    datagram.bytes.assign(buffer.data(), static_cast<std::size_t>(size));
    return datagram;
  }
}

void send_datagram(int socket, const Datagram& to, std::string_view bytes) {
  ::sendto(socket, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to.from),
           to.from_length);
}

}  // namespace sockspec::reference::faulty
