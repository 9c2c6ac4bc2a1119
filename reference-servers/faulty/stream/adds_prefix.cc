// Puts "Echo: " before each reply. People print such a label to see what the server does, and then
// send the labelled text; a person at the other end finds it friendly.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_adds_prefix(const FaultyOptions& options) {
  answer_each(options,
              [&](std::string_view message) { return "Echo: " + answer(options, message); });
}

}  // namespace sockspec::reference::faulty
