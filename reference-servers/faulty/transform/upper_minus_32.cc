// Subtracts 32 from every byte from 'a' on: if (c >= 'a') c -= 32. The upper end of the range is
// forgotten, so { | } ~ and all bytes above them are changed too.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_upper_minus_32(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) {
    std::string reply(message);
    for (char& byte : reply) {
      const auto code = static_cast<unsigned char>(byte);
      if (code >= 'a') byte = static_cast<char>(code - 32U);
    }
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
