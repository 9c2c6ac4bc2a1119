// Uppercases what the first read delivers and sends everything after it back as it is. The loop
// around recv() was added later, and the transform stayed before it.
#include <string>
#include <string_view>
#include <utility>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

int serve_first_chunk_only(const FaultyOptions& options) {
  answer_each(options, [&options, first = true](std::string_view message) mutable {
    return std::exchange(first, false) ? answer(options, message) : std::string(message);
  });
}

}  // namespace sockspec::reference::faulty
