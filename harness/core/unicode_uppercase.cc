#include "core/unicode_uppercase.h"

#include <algorithm>

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
  while (!bytes.empty()) {
    const auto point = decode_utf8(bytes);
    if (!point) return false;
    bytes.remove_prefix(point->length);
  }
  return true;
}

std::string unicode_uppercase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto point = decode_utf8(text);
    const std::size_t length = point ? point->length : 1;
    if (length == 1) {
      const char c = text[0];
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    } else if (const std::string_view upper = uppercase_of(point->value); !upper.empty()) {
      out += upper;
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace sockspec
