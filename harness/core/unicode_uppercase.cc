#include "core/unicode_uppercase.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace sockspec {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::string_view uppercase_of(char32_t code) {
  const auto table = uppercase_table();
  const auto found = std::lower_bound(
      table.begin(), table.end(), code,
      [](const UppercaseMapping& entry, char32_t wanted) { return entry.from < wanted; });
  return found != table.end() && found->from == code ? found->to : std::string_view();
}

// How many bytes at the start are ASCII; eight at a time.
std::size_t ascii_run(std::string_view bytes) {
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & kHigh) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

bool is_overlong_or_surrogate(char32_t code, std::size_t length) {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return code < kSmallest[length] || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF;
}

}  // namespace

std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

std::optional<CodePoint> decode_utf8(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto lead = static_cast<unsigned char>(bytes[0]);
  const std::size_t length = utf8_length(lead);
  if (length == 0 || bytes.size() < length) return std::nullopt;
  if (length == 1) return CodePoint{lead, 1};
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(bytes[i])) return std::nullopt;
    code = (code << 6U) | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
  }
  if (is_overlong_or_surrogate(code, length)) return std::nullopt;
  return CodePoint{code, length};
}

bool is_utf8(std::string_view bytes) {
  for (;;) {
    bytes.remove_prefix(ascii_run(bytes));
    if (bytes.empty()) return true;
    const auto point = decode_utf8(bytes);
    if (!point) return false;
    bytes.remove_prefix(point->length);
  }
}

std::string unicode_uppercase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const std::size_t plain = ascii_run(text);
    const std::size_t start = out.size();
    out += text.substr(0, plain);
    char* const added = out.data() + start;  // by itself: many letters at once
    for (std::size_t i = 0; i < plain; ++i) added[i] = ascii_uppercase(added[i]);
    text.remove_prefix(plain);
    if (text.empty()) return out;
    const auto point = decode_utf8(text);
    const std::size_t length = point ? point->length : 1;
    const std::string_view upper = point ? uppercase_of(point->value) : std::string_view();
    out += upper.empty() ? text.substr(0, length) : upper;
    text.remove_prefix(length);
  }
}

}  // namespace sockspec
