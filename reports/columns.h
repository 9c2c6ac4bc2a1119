// Columns of a terminal, for tables and carets. Pure functions, for any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sockspec::reports {

// How many a text takes: Korean letters take two.
inline std::size_t columns(std::string_view text) {
  std::size_t wide = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) wide += 1;
    if (byte >= 0xC0) wide += byte >= 0xE0 ? 2 : 1;
  }
  return wide;
}

inline std::string spaces_up_to(std::string_view text, std::size_t width) {
  const std::size_t taken = columns(text);
  return std::string(taken < width ? width - taken : 0, ' ');
}

inline std::string left(std::string_view text, std::size_t width) {
  return std::string(text) + spaces_up_to(text, width);
}

inline std::string right(std::string_view text, std::size_t width) {
  return spaces_up_to(text, width) + std::string(text);
}

}  // namespace sockspec::reports
