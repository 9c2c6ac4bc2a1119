// udp-echo, RFC 862: each datagram, of any size down to none, is answered by one with the same
// bytes.
#include "reference-servers/servers.h"
#include "reference-servers/udp_server.h"

namespace sockspec::reference {

int serve_udp_echo(const ServeOptions& options) {
  return serve_udp(options, [](std::span<char> datagram) {
    return std::string_view(datagram.data(), datagram.size());
  });
}

}  // namespace sockspec::reference
