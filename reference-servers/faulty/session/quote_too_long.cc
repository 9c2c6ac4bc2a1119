// Sends a quote of 600 bytes, where RFC 865 allows 512. People copy a page of quotes into a file
// and send whatever stands between two separators, without looking at its length.
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kBytes = 600;
constexpr std::string_view kSentence =
    "Be conservative in what you do, be liberal in what you accept. ";

std::string long_quote() {
  std::string quote;
  while (quote.size() < kBytes) quote += kSentence;
  return quote.substr(0, kBytes - 2) + "\r\n";
}

}  // namespace

int serve_quote_too_long(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [](int client) {
    if (send_all(client, long_quote())) end_after_reply(client);
  });
}

}  // namespace sockspec::reference::faulty
