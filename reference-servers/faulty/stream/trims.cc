// Removes white space at both ends of each read, line or datagram: strip() or trim(), learnt to get
// rid of the newline of readline(). The line server puts the newline back, but not the spaces.
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace

int serve_trims(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    return answer(options, trimmed(message)) + (is_line_profile(options) ? "\n" : "");
  });
}

}  // namespace sockspec::reference::faulty
