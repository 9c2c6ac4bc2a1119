// tcp-uppercase, Kurose & Ross 2.7 as a stream: like tcp-echo, but a-z come back as A-Z.
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"
#include "reference-servers/uppercase.h"

namespace sockspec::reference {
namespace {

class UppercaseSession final : public TcpSession {
 public:
  Answer received(std::span<char> bytes) override {
    to_ascii_uppercase(bytes);
    return {.send = as_text(bytes)};
  }
};

}  // namespace

int serve_tcp_uppercase(const ServeOptions& options) {
  return serve_tcp(options, [] { return std::make_unique<UppercaseSession>(); });
}

}  // namespace sockspec::reference
