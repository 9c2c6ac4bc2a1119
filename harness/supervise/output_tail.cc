#include "supervise/output_tail.h"

#include <algorithm>

namespace sockspec::supervise {
namespace {

constexpr std::size_t kKept = 32 * 1024;

}  // namespace

void OutputTail::append(std::string_view bytes) {
  total_ += bytes.size();
  if (bytes.size() >= kKept) {
    kept_.assign(bytes.substr(bytes.size() - kKept));
    return;
  }
  const std::size_t over =
      kept_.size() + bytes.size() > 2 * kKept ? kept_.size() + bytes.size() - kKept : 0;
  kept_.erase(0, std::min(over, kept_.size()));
  kept_ += bytes;
}

std::string OutputTail::since(std::uint64_t mark) const {
  const std::uint64_t wanted = total_ - std::min(mark, total_);
  const std::size_t size = std::min<std::uint64_t>(wanted, std::min(kept_.size(), kKept));
  return kept_.substr(kept_.size() - size);
}

std::string last_lines(const std::string& text, std::size_t count) {
  std::size_t end = text.size();
  if (end > 0 && text[end - 1] == '\n') --end;
  std::size_t start = end;
  for (std::size_t lines = 0; start > 0; --start) {
    if (text[start - 1] == '\n' && ++lines == count) break;
  }
  return text.substr(start, end - start);
}

}  // namespace sockspec::supervise
