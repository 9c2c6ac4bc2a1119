// Decodes each read as UTF-8, with U+FFFD in place of what is none: decode(errors="replace"), or
// new String(bytes) in Java. A character that two reads share is destroyed, and so is binary data.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"
#include "reference-servers/faulty/stream/utf8.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

}  // namespace

int serve_decodes_each_read(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
      const std::size_t length = utf8_character(bytes);
      text += length > 0 ? bytes.substr(0, length) : kReplacement;
      bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return answer(options, text);
  });
}

}  // namespace sockspec::reference::faulty
