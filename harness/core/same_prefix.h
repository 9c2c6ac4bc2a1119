// How far two texts are the same. Pure, for any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace sockspec {

// Bytes, as far as both go. They are compared one by one only when it is known that they differ.
inline std::size_t same_prefix(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  if (size == 0 || std::memcmp(a.data(), b.data(), size) == 0) return size;
  return static_cast<std::size_t>(std::mismatch(a.data(), a.data() + size, b.data()).first -
                                  a.data());
}

}  // namespace sockspec
