// tcp-echo-end, seed 001: like tcp-echo, but a message that is exactly end_message ("/end") comes
// back and then the server ends the session, for this client alone.
//
// TCP has no messages, so one has to be chosen: here, as in the seed's recv() loop, a message is
// what one read delivers. "/end" in one segment after the reply to what was sent before is
// therefore sure to end the session. "/e" and "nd" in two reads are two messages and do not, and
// "/end" in one read with other text ("x/end", "/end\n", "/ending") does not either. Waiting for
// the rest of a "/e" is no way out: its echo is due at once.
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

class EchoEndSession final : public TcpSession {
 public:
  explicit EchoEndSession(std::string_view end) : end_(end) {}  // which outlives the session

  Answer received(std::span<char> bytes) override {
    const std::string_view message = as_text(bytes);
    return {.send = message, .then = message == end_ ? Then::End : Then::Listen};
  }

 private:
  std::string_view end_;
};

}  // namespace

int serve_tcp_echo_end(const ServeOptions& options) {
  return serve_tcp(options, [&] { return std::make_unique<EchoEndSession>(options.end_message); });
}

}  // namespace sockspec::reference
