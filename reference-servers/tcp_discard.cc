// tcp-discard, RFC 863: "simply throws away any data it receives". Nothing comes back but, after
// the client's FIN, ours.
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

class DiscardSession final : public TcpSession {
 public:
  Answer received(std::span<char>) override { return {}; }
};

}  // namespace

int serve_tcp_discard(const ServeOptions& options) {
  return serve_tcp(options, [] { return std::make_unique<DiscardSession>(); });
}

}  // namespace sockspec::reference
