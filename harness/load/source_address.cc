#include "load/source_address.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

namespace sockspec::load {

int bind_source(int fd, const io::Address& server, std::size_t addresses, std::uint32_t number) {
  if (addresses <= 1 || server.family() != AF_INET) return 0;
  const int on = 1;
  ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  sockaddr_in source{};
  source.sin_family = AF_INET;
  source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(number % addresses));
  return ::bind(fd, reinterpret_cast<const sockaddr*>(&source), sizeof source) == 0 ? 0 : errno;
}

bool is_own_limit(int error) {
  return error == EADDRNOTAVAIL || error == EMFILE || error == ENFILE || error == ENOBUFS ||
         error == ENOMEM;
}

}  // namespace sockspec::load
