// tcp-uppercase-line: like tcp-echo-line, but a-z come back as A-Z.
#include <memory>

#include "reference-servers/line_buffer.h"
#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"
#include "reference-servers/uppercase.h"

namespace sockspec::reference {
namespace {

class UppercaseLineSession final : public TcpSession {
 public:
  explicit UppercaseLineSession(std::size_t max_line) : lines_(max_line) {}

  Answer received(std::span<char> bytes) override {
    to_ascii_uppercase(bytes);
    const std::string_view complete = lines_.complete(bytes);
    return {.send = complete, .then = lines_.overflowed() ? Then::End : Then::Listen};
  }

 private:
  LineBuffer lines_;
};

}  // namespace

int serve_tcp_uppercase_line(const ServeOptions& options) {
  return serve_tcp(options,
                   [&] { return std::make_unique<UppercaseLineSession>(options.max_message); });
}

}  // namespace sockspec::reference
