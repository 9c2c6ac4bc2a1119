// tcp-greeting, seeds 000, 002 and 003: after the client's first bytes, whatever they are, a fixed
// text, then the server closes. A client that leaves without a word gets just the close.
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

constexpr std::string_view kDefaultText = "Hello, Client!";

class GreetingSession final : public TcpSession {
 public:
  explicit GreetingSession(std::string_view text) : text_(text) {}  // which outlives the session

  Answer received(std::span<char>) override { return {.send = text_, .then = Then::End}; }

 private:
  std::string_view text_;
};

}  // namespace

int serve_tcp_greeting(const ServeOptions& options) {
  const std::string_view text = options.text.empty() ? kDefaultText : options.text;
  return serve_tcp(options, [text] { return std::make_unique<GreetingSession>(text); });
}

}  // namespace sockspec::reference
