// Takes its input for ASCII and drops what is none: decode("ascii", errors="ignore"), put in when
// decode() had ended the server. English text comes back right.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_drops_non_ascii(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    std::string ascii(message);
    std::erase_if(ascii, [](char byte) { return static_cast<unsigned char>(byte) > 0x7F; });
    return answer(options, ascii);
  });
}

}  // namespace sockspec::reference::faulty
