// tcp-echo, RFC 862: "any data received is sent back". Every byte, in order, on the same
// connection, whatever the segments, until the client ends.
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

class EchoSession final : public TcpSession {
 public:
  Answer received(std::span<char> bytes) override { return {.send = as_text(bytes)}; }
};

}  // namespace

int serve_tcp_echo(const ServeOptions& options) {
  return serve_tcp(options, [] { return std::make_unique<EchoSession>(); });
}

}  // namespace sockspec::reference
