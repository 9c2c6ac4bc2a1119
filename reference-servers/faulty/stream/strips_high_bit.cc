// Clears the high bit of each byte: & 0x7F from an old example about ASCII, or an encoder that
// knows only seven bits. English text comes back right.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_strips_high_bit(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    std::string reply = answer(options, message);
    for (char& byte : reply) byte = static_cast<char>(static_cast<unsigned char>(byte) & 0x7FU);
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
