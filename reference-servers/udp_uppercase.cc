// udp-uppercase, Kurose & Ross 2.7.1: each datagram is answered by one in which a-z are A-Z. Also a
// datagram above the profile's 2,048 bytes is answered whole.
#include "reference-servers/servers.h"
#include "reference-servers/udp_server.h"
#include "reference-servers/uppercase.h"

namespace sockspec::reference {

int serve_udp_uppercase(const ServeOptions& options) {
  return serve_udp(options, [](std::span<char> datagram) {
    to_ascii_uppercase(datagram);
    return std::string_view(datagram.data(), datagram.size());
  });
}

}  // namespace sockspec::reference
