// Treats what it has read as a C string: the reply stops at the first NUL of a read, a line or a
// datagram. That is strlen(), printf("%s") or strcpy() where the length from recv() belongs.
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_nul_terminated(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    return answer(options, message.substr(0, message.find('\0')));
  });
}

}  // namespace sockspec::reference::faulty
