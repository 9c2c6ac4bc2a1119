#include "core/chargen.h"

namespace sockspec::chargen {
namespace {

constexpr std::uint64_t kRing = 95;
constexpr std::uint64_t kWidth = 72;
constexpr std::uint64_t kLine = kWidth + 2;

}  // namespace

std::optional<std::size_t> start_of(char first) {
  if (first < ' ' || first > '~') return std::nullopt;
  return static_cast<std::size_t>(first - ' ');
}

char at(std::size_t start, std::uint64_t offset) {
  const std::uint64_t line = offset / kLine;
  const std::uint64_t column = offset % kLine;
  if (column == kWidth) return '\r';
  if (column == kWidth + 1) return '\n';
  return static_cast<char>(' ' + static_cast<char>((start + line + column) % kRing));
}

std::string excerpt(std::size_t start, std::uint64_t offset, std::uint64_t size) {
  std::string bytes;
  bytes.reserve(size);
  for (std::uint64_t i = 0; i < size; ++i) bytes += at(start, offset + i);
  return bytes;
}

}  // namespace sockspec::chargen
