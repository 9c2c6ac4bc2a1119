// OutputTail: the last bytes that a server under test printed. Bounded, however much it prints.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sockspec::supervise {

class OutputTail {
 public:
  void append(std::string_view bytes);

  std::uint64_t total() const { return total_; }  // bytes ever printed

  // What was printed after `mark` bytes, as far as it is kept.
  std::string since(std::uint64_t mark) const;

 private:
  std::string kept_;
  std::uint64_t total_ = 0;
};

// The last `count` lines, whole as far as they are kept; the last need not end in a newline.
std::string last_lines(const std::string& text, std::size_t count);

}  // namespace sockspec::supervise
