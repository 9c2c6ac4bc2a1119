#include "reference-servers/line_buffer.h"

#include <algorithm>
#include <utility>

namespace sockspec::reference {
namespace {

constexpr std::size_t kLeastBoundBytes = 64 * 1024;

}  // namespace

LineBuffer::LineBuffer(std::size_t max_line) : bound_(std::max(max_line, kLeastBoundBytes)) {}

std::string_view LineBuffer::complete(std::span<const char> bytes) {
  const std::string_view text(bytes.data(), bytes.size());
  const std::size_t end = text.rfind('\n') + 1;  // npos + 1 is 0: no line ends here
  if (end == 0) {
    rest_.append(text);
    return {};
  }
  // The common case, whole lines and nothing before them, needs no copy.
  if (rest_.empty() && end == text.size()) return text;
  lines_ = std::exchange(rest_, std::string(text.substr(end)));
  lines_.append(text.substr(0, end));
  return lines_;
}

}  // namespace sockspec::reference
