// Histogram texts as a stranger might write them, right and wrong, made without encode(). Test code
// only; also used by the fuzz target.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reports/base64.h"

namespace sockspec::reports::test {

inline std::string big_endian(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
  return bytes;
}

struct InnerHeader {
  std::uint64_t cookie = 0x1c849313;
  std::optional<std::uint64_t> length = std::nullopt;  // of the counts; none: the true one
  std::uint64_t offset = 0, digits = 3;
  std::uint64_t lowest = 1, highest = 60'000'000'000;
  std::uint64_t ratio = 0x3FF0000000000000;  // 1.0
};

inline std::string inner(const InnerHeader& header, std::string_view counts) {
  return big_endian(header.cookie, 4) + big_endian(header.length.value_or(counts.size()), 4) +
         big_endian(header.offset, 4) + big_endian(header.digits, 4) +
         big_endian(header.lowest, 8) + big_endian(header.highest, 8) +
         big_endian(header.ratio, 8) + std::string(counts);
}

inline std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size,
           reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  return out.substr(0, size);
}

// The outer layers around a stream that claims to be zlib's.
inline std::string around_stream(const std::string& stream) {
  return to_base64(big_endian(0x1c849314, 4) + big_endian(stream.size(), 4) + stream);
}

inline std::string around_inner(const std::string& bytes) { return around_stream(deflated(bytes)); }

inline std::string around_counts(std::string_view counts) {
  return around_inner(inner(InnerHeader{}, counts));
}

}  // namespace sockspec::reports::test
