// Sends everything back unchanged. upper() returns a new string and changes nothing in place;
// people write message.upper(); and send the old message.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_no_change(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) { return std::string(message); });
}

}  // namespace sockspec::reference::faulty
