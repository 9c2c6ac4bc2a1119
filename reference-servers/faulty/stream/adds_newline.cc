// Adds a newline to each reply, because it is written with println(), puts() or print(). On a
// terminal it even looks better than without.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_adds_newline(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) { return answer(options, message) + "\n"; });
}

}  // namespace sockspec::reference::faulty
