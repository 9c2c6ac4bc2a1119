// Makes the first letter large and all others small: capitalize() taken for upper(). Each read,
// line or datagram begins anew.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_capitalizes(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) {
    std::string reply(message);
    for (char& byte : reply) {
      if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
    }
    if (!reply.empty() && reply[0] >= 'a' && reply[0] <= 'z')
      reply[0] = static_cast<char>(reply[0] - ('a' - 'A'));
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
