// Adds a NUL to each reply: the length is strlen(reply) + 1, or sizeof of a string literal. A
// terminal does not show the NUL, and a client in C even seems to need it.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_adds_nul(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) { return answer(options, message) + '\0'; });
}

}  // namespace sockspec::reference::faulty
