// Takes each byte for a letter of Latin-1: bytes E0 to FE lose 32 as well, except F7. So does
// toupper() in a Latin-1 locale, or a detour over ISO-8859-1 in Java. It breaks UTF-8.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_latin1_upper(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    std::string reply = answer(options, message);
    for (char& byte : reply) {
      const auto code = static_cast<unsigned char>(byte);
      if (code >= 0xE0 && code <= 0xFE && code != 0xF7) byte = static_cast<char>(code - 32U);
    }
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
