// A discard server that answers: the echo server of the last exercise, with another name. Whoever
// tries it by hand is glad to see something.
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_answers_anyway(const FaultyOptions& options) {
  answer_each(options, [](std::string_view message) { return std::string(message); });
}

}  // namespace sockspec::reference::faulty
