// Leaves z as it is: c >= 'a' && c < 'z' instead of <=. A test with "hello" does not notice.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_upper_off_by_one(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) {
    std::string reply(message);
    for (char& byte : reply) {
      if (byte >= 'a' && byte < 'z') byte = static_cast<char>(byte - ('a' - 'A'));
    }
    return reply;
  });
}

}  // namespace sockspec::reference::faulty
