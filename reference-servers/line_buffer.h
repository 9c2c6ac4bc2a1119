// LineBuffer: from reads, which are cut anywhere, to complete lines.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sockspec::reference {

// Keeps the bytes after the last '\n' until their line is complete.
class LineBuffer {
 public:
  // max_line: bytes; longer lines are still taken, up to 64 KiB or max_line, if that is more.
  explicit LineBuffer(std::size_t max_line);

  // All lines that these bytes complete, from the first to the last, ends included; empty if none.
  // The result lies in the bytes or in the buffer, and is good until the next call.
  std::string_view complete(std::span<const char> bytes);

  // The line that has begun is longer than the bound: it will never be taken.
  bool overflowed() const { return rest_.size() > bound_; }

 private:
  std::size_t bound_;
  std::string rest_;
  std::string lines_;
};

}  // namespace sockspec::reference
