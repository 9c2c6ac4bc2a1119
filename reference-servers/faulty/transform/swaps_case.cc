// Makes small letters large and large ones small: swapcase(), or c ^ 0x20 for every letter. In a
// test with small letters it looks like uppercase.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_swaps_case(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) {
    std::string reply(message);
    for (char& byte : reply) {
      const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      if (letter) byte = static_cast<char>(static_cast<unsigned char>(byte) ^ 0x20U);
    }
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
