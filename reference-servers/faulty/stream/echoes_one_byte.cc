// Answers the first byte of each read. The parenthesis is in the wrong place: in
// if ((n = recv(s, buf, size, 0) > 0)) n is the result of the comparison, which is 1.
#include <cstddef>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_echoes_one_byte(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    const std::size_t n = message.size() > 0;
    return answer(options, message.substr(0, n));
  });
}

}  // namespace sockspec::reference::faulty
