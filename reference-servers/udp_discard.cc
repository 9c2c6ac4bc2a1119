// udp-discard, RFC 863: every datagram is thrown away; nothing comes back.
#include "reference-servers/servers.h"
#include "reference-servers/udp_server.h"

namespace sockspec::reference {

int serve_udp_discard(const ServeOptions& options) {
  return serve_udp(options, [](std::span<char>) { return std::nullopt; });
}

}  // namespace sockspec::reference
