// Clears bit 5 of every byte, not only of letters: c & 0xDF. It makes A of a, as promised, but also
// NUL of a space, and it changes digits, punctuation and UTF-8.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_upper_and_df(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) {
    std::string reply(message);
    for (char& byte : reply) byte = static_cast<char>(static_cast<unsigned char>(byte) & 0xDFU);
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
