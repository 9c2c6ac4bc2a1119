// tcp-echo-line: every line that ends with '\n' comes back when it is complete, its end (and a CR
// before it) included, however it was split or joined with others. What follows the last line end
// is not answered. A line that does not end within the bound ends the session (line_buffer.h).
#include <memory>

#include "reference-servers/line_buffer.h"
#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

class EchoLineSession final : public TcpSession {
 public:
  explicit EchoLineSession(std::size_t max_line) : lines_(max_line) {}

  Answer received(std::span<char> bytes) override {
    const std::string_view complete = lines_.complete(bytes);
    return {.send = complete, .then = lines_.overflowed() ? Then::End : Then::Listen};
  }

 private:
  LineBuffer lines_;
};

}  // namespace

int serve_tcp_echo_line(const ServeOptions& options) {
  return serve_tcp(options, [&] { return std::make_unique<EchoLineSession>(options.max_message); });
}

}  // namespace sockspec::reference
