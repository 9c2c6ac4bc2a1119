// udp-greeting, seed 003: each datagram, whatever its bytes, is answered by a fixed text.
#include <cstdio>

#include "reference-servers/servers.h"
#include "reference-servers/udp_server.h"

namespace sockspec::reference {
namespace {

constexpr std::string_view kDefaultText = "Hello, UDP Client!";
constexpr std::size_t kMaxTextBytes = 65507;  // of an IPv4 datagram (RFC 768, RFC 791)

}  // namespace

int serve_udp_greeting(const ServeOptions& options) {
  const std::string_view text = options.text.empty() ? kDefaultText : options.text;
  if (text.size() > kMaxTextBytes) {
    std::fprintf(stderr,
                 "sockspec serve: the text has %zu bytes; udp-greeting allows at most %zu\n",
                 text.size(), kMaxTextBytes);
    return 1;
  }
  return serve_udp(options, [text](std::span<char>) { return text; });
}

}  // namespace sockspec::reference
