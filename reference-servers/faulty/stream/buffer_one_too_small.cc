// A buffer of 1,024 bytes for 1,024 bytes and a NUL behind them: buf[sizeof buf - 1] = 0 overwrites
// the last byte when the buffer is full. It takes a read, line or request of exactly that size.
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_buffer_one_too_small(const FaultyOptions& options) {
  const std::size_t buffer = is_line_profile(options) ? max_message(options) : kUsualRead;
  answer_each(options, [&options, buffer](std::string_view message) {
    if (message.size() < buffer) return answer(options, message);
    const bool line = is_line_profile(options);  // it puts the newline back: two bytes are taken
    return answer(options, message.substr(0, buffer - (line ? 2 : 1))) + (line ? "\n" : "");
  });
}

}  // namespace sockspec::reference::faulty
