// Writes through a stream in text mode: each "\n" that has no "\r" before it becomes "\r\n". So do
// fdopen(s, "w") and an iostream on Windows, or TextIOWrapper(newline="\r\n") in Python.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_crlf_conversion(const FaultyOptions& options) {
  answer_each(options, [&options, last = '\0'](std::string_view message) mutable {
    std::string converted;
    for (const char byte : answer(options, message)) {
      if (byte == '\n' && last != '\r') converted += '\r';
      converted += last = byte;
    }
    return converted;
  });
}

}  // namespace sockspec::reference::faulty
