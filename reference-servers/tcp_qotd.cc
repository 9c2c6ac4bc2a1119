// tcp-qotd, RFC 865: the server speaks first, one quote of at most 512 bytes, then closes, whatever
// the client sends.
#include <cstdio>
#include <memory>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

constexpr std::string_view kDefaultQuote =
    "In general, an implementation should be conservative in its sending behavior,\r\n"
    "and liberal in its receiving behavior. -- Jon Postel, RFC 760\r\n";
constexpr std::size_t kMaxQuoteBytes = 512;

class QuoteSession final : public TcpSession {
 public:
  explicit QuoteSession(std::string_view quote) : quote_(quote) {}  // which outlives the session

  Answer opened() override { return {.send = quote_, .then = Then::End}; }
  Answer received(std::span<char>) override { return {}; }

 private:
  std::string_view quote_;
};

}  // namespace

int serve_tcp_qotd(const ServeOptions& options) {
  const std::string_view quote = options.text.empty() ? kDefaultQuote : options.text;
  if (quote.size() > kMaxQuoteBytes) {
    std::fprintf(stderr, "sockspec serve: the quote has %zu bytes; tcp-qotd allows at most %zu\n",
                 quote.size(), kMaxQuoteBytes);
    return 1;
  }
  return serve_tcp(options, [quote] { return std::make_unique<QuoteSession>(quote); });
}

}  // namespace sockspec::reference
