// Decodes each read, line or datagram as UTF-8 and catches no error: the first bytes that are no
// text end the whole process. In Python that is data.decode(), often only to print what has come.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"
#include "reference-servers/faulty/stream/utf8.h"

namespace sockspec::reference::faulty {
namespace {

void must_be_text(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_character(bytes.substr(at));
    if (length == 0) {
      std::fprintf(stderr,
                   "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x%02x in position %zu\n",
                   static_cast<unsigned>(static_cast<unsigned char>(bytes[at])), at);
      std::_Exit(1);
    }
    at += length;
  }
}

}  // namespace

int serve_dies_on_bad_text(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    must_be_text(message);
    return answer(options, message);
  });
}

}  // namespace sockspec::reference::faulty
