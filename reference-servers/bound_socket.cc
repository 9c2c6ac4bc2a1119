#include "reference-servers/bound_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <uv.h>

#include <cerrno>
#include <cstdio>
#include <memory>

namespace sockspec::reference {
namespace {

constexpr int kBacklog = 511;
constexpr int kUdpReceiveBufferBytes = 4 * 1024 * 1024;

struct FreeAddresses {
  void operator()(addrinfo* addresses) const { freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

std::string host_and_port(std::string_view host, std::string_view port) {
  const bool ipv6 = host.find(':') != std::string_view::npos;
  std::string text;
  text.append(ipv6 ? "[" : "").append(host).append(ipv6 ? "]:" : ":").append(port);
  return text;
}

void complain(const ServeOptions& options, std::string_view why, std::string_view advice = {}) {
  const std::string where = host_and_port(options.host, std::to_string(options.port));
  std::fprintf(stderr, "sockspec serve: cannot listen on %s: %.*s%.*s\n", where.c_str(),
               static_cast<int>(why.size()), why.data(), static_cast<int>(advice.size()),
               advice.data());
}

std::string_view advice_for(int error, std::uint16_t port) {
  if (error == EACCES && port < 1024) return "; ports below 1024 need root, use --port 0";
  if (error == EADDRINUSE) return "; another server has this port, use --port 0 for a free one";
  if (error == EADDRNOTAVAIL) return "; this machine has no such address, use 127.0.0.1 or 0.0.0.0";
  return {};
}

Addresses resolve(const ServeOptions& options, Transport transport) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = transport == Transport::Tcp ? SOCK_STREAM : SOCK_DGRAM;
  addrinfo* found = nullptr;
  const int rc =
      getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found);
  if (rc == 0) return Addresses(found);
  complain(options,
           rc == EAI_SYSTEM ? uv_strerror(uv_translate_sys_error(errno)) : gai_strerror(rc),
           "; give a numeric address or a name that resolves");
  return nullptr;
}

bool turn(int socket, int level, int option, int value) {
  return setsockopt(socket, level, option, &value, sizeof value) == 0;
}

// The first is what lets a server restart while its old connections are in TIME_WAIT. For UDP the
// same option would let two servers share, and steal from, one port.
bool prepare_tcp(int socket) {
  return turn(socket, SOL_SOCKET, SO_REUSEADDR, 1) &&
         // Urgent bytes stay in the stream, where a client expects their echo (RFC 6093, 6).
         // Accepted sockets inherit it.
         turn(socket, SOL_SOCKET, SO_OOBINLINE, 1);
}

bool is_wildcard(const addrinfo& address) {
  if (address.ai_family == AF_INET6)
    return IN6_IS_ADDR_UNSPECIFIED(
        &reinterpret_cast<const sockaddr_in6*>(address.ai_addr)->sin6_addr);
  return reinterpret_cast<const sockaddr_in*>(address.ai_addr)->sin_addr.s_addr == INADDR_ANY;
}

bool prepare_udp(int socket, const addrinfo& address) {
  // A wish: the kernel grants what net.core.rmem_max allows.
  turn(socket, SOL_SOCKET, SO_RCVBUF, kUdpReceiveBufferBytes);
  if (!is_wildcard(address)) return true;  // whatever arrives was sent to the one address it has
  return address.ai_family == AF_INET6 ? turn(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                                       : turn(socket, IPPROTO_IP, IP_PKTINFO, 1);
}

// None, with errno set, when this address cannot be had.
FileDescriptor bind_to(const addrinfo& address, const ServeOptions& options, Transport transport) {
  FileDescriptor made(socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
                             address.ai_protocol));
  const int fd = made.get();
  const bool tcp = transport == Transport::Tcp;
  if (fd >= 0 && (address.ai_family != AF_INET6 || turn(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0)) &&
      (tcp ? prepare_tcp(fd) : prepare_udp(fd, address)) &&
      (!options.reuse_port || turn(fd, SOL_SOCKET, SO_REUSEPORT, 1)) &&
      bind(fd, address.ai_addr, address.ai_addrlen) == 0 && (!tcp || listen(fd, kBacklog) == 0)) {
    return made;
  }
  const int error = errno;  // closing the socket may change it
  made = FileDescriptor();
  errno = error;
  return made;
}

std::string name_of(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  char host[NI_MAXHOST] = "";
  char port[NI_MAXSERV] = "";
  auto* bare = reinterpret_cast<sockaddr*>(&address);
  getsockname(socket, bare, &length);
  getnameinfo(bare, length, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
  return host_and_port(host, port);
}

}  // namespace

std::optional<BoundSocket> bind_socket(const ServeOptions& options, Transport transport) {
  const Addresses addresses = resolve(options, transport);
  if (!addresses) return std::nullopt;
  for (const addrinfo* address = addresses.get(); address; address = address->ai_next) {
    if (FileDescriptor bound = bind_to(*address, options, transport)) {
      std::string name = name_of(bound.get());
      return BoundSocket{std::move(bound), address->ai_family, std::move(name)};
    }
  }
  complain(options, uv_strerror(uv_translate_sys_error(errno)), advice_for(errno, options.port));
  return std::nullopt;
}

void announce(const BoundSocket& socket) {
  std::printf("READY %s\n", socket.name.c_str());
  std::fflush(stdout);
}

}  // namespace sockspec::reference
