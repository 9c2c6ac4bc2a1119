// tcp-uppercase-once, Kurose & Ross 2.7.2: the first bytes that arrive are the request. They come
// back with a-z as A-Z, then the server closes. A longer request is answered for its first
// max_message bytes, as recv(1024) would.
#include <algorithm>
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"
#include "reference-servers/uppercase.h"

namespace sockspec::reference {
namespace {

constexpr std::size_t kDefaultMaxRequest = 1024;

class UppercaseOnceSession final : public TcpSession {
 public:
  explicit UppercaseOnceSession(std::size_t max_request) : max_request_(max_request) {}

  Answer received(std::span<char> bytes) override {
    const auto request = bytes.first(std::min(bytes.size(), max_request_));
    to_ascii_uppercase(request);
    return {.send = as_text(request), .then = Then::End};
  }

 private:
  std::size_t max_request_;
};

}  // namespace

int serve_tcp_uppercase_once(const ServeOptions& options) {
  const std::size_t max = options.max_message == 0 ? kDefaultMaxRequest : options.max_message;
  return serve_tcp(options, [max] { return std::make_unique<UppercaseOnceSession>(max); });
}

}  // namespace sockspec::reference
