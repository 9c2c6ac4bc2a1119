// Removes a newline at the end of each read, line or datagram: chomp(), rstrip("\n") or readLine(),
// and a send() that does not put it back. In its own log the text looks right.
#include <cstddef>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

// So small that a long random message has a newline at the end of some read for sure.
constexpr std::size_t kRead = 64;

}  // namespace

int serve_strips_newline(const FaultyOptions& options) {
  const auto reply = [&](std::string_view message) {
    if (message.ends_with('\n')) message.remove_suffix(1);
    return answer(options, message);
  };
  answer_each(options, reply, kRead);
}

}  // namespace sockspec::reference::faulty
