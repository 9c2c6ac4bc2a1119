// One buffer for each connection that is never cleared, answered with strlen(): a short message
// after a longer one comes back with the tail of the old one. Messages of growing length come back
// right.
#include <algorithm>
#include <array>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

using Buffer = std::array<char, kUsualRead + 1>;  // the last byte stays NUL

}  // namespace

int serve_stale_tail(const FaultyOptions& options) {
  answer_each(options, [&options, buffer = Buffer{}](std::string_view message) mutable {
    std::copy(message.begin(), message.end(), buffer.begin());
    return answer(options, buffer.data());
  });
}

}  // namespace sockspec::reference::faulty
