// tcp-chargen, RFC 864: the server speaks first and without end, until the client closes. Each line
// is 72 of the 95 printable ASCII characters, starts one character further than the line before,
// and ends with CR LF. What the client sends is dropped.
#include <memory>
#include <string>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

constexpr std::size_t kPrintable = 95;
constexpr std::size_t kLineCharacters = 72;

// After as many lines as there are characters the pattern repeats: 7,030 bytes.
std::string whole_pattern() {
  std::string pattern;
  for (std::size_t line = 0; line < kPrintable; ++line) {
    for (std::size_t column = 0; column < kLineCharacters; ++column) {
      pattern += static_cast<char>(' ' + (line + column) % kPrintable);
    }
    pattern += "\r\n";
  }
  return pattern;
}

// One pattern at a time, and the next only when it is with the kernel: a client that does not read
// costs no more memory than that, and one that reads fast does not keep the loop from the others.
class ChargenSession final : public TcpSession {
 public:
  explicit ChargenSession(std::string_view pattern) : pattern_(pattern) {}

  Answer opened() override { return more(); }
  Answer received(std::span<char>) override { return {}; }
  Answer more() override { return {.send = pattern_, .then = Then::SendMore}; }

 private:
  std::string_view pattern_;
};

}  // namespace

int serve_tcp_chargen(const ServeOptions& options) {
  const std::string pattern = whole_pattern();
  return serve_tcp(options, [&] { return std::make_unique<ChargenSession>(pattern); });
}

}  // namespace sockspec::reference
