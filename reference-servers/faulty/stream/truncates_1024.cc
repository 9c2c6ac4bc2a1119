// Copies what it has read into a buffer of 1,024 bytes (512 for a line or a request) and answers
// that: the rest of a larger read is lost. People choose "large enough" and cut off what is larger.
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kLargeRead = 64 * 1024;
constexpr std::size_t kBuffer = 1024;
constexpr std::size_t kShortBuffer = 512;  // where the contract's largest message is 1,024

}  // namespace

int serve_truncates_1024(const FaultyOptions& options) {
  const auto reply = [&](std::string_view message) {
    if (is_line_profile(options) && message.size() > kShortBuffer)
      return answer(options, message.substr(0, kShortBuffer - 1)) + "\n";
    const bool once = options.profile == "tcp-uppercase-once";
    return answer(options, message.substr(0, once ? kShortBuffer : kBuffer));
  };
  answer_each(options, reply, kLargeRead);
}

}  // namespace sockspec::reference::faulty
