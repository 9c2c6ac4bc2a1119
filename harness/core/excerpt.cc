#include "core/excerpt.h"

#include <algorithm>
#include <iterator>

#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

constexpr char kHex[] = "0123456789abcdef";

struct Range {
  char32_t first;
  char32_t last;
};

// C1 controls, bidi controls and what is invisible: UTF-8, but it would hide or move other text.
constexpr Range kHidden[] = {
    {0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200F},
    {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

// Two columns of a terminal each: Hangul, Han, Kana, full-width forms, emoji (roughly UAX #11, W).
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                           {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                           {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                           {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

// No column: they combine with the letter before.
constexpr Range kCombining[] = {
    {0x300, 0x36F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};

template <std::size_t N>
bool lies_in(const Range (&ranges)[N], char32_t value) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

bool shown_as_is(const CodePoint& point) {
  return point.length > 1 && !lies_in(kHidden, point.value);
}

std::size_t columns_of(char32_t value) {
  if (lies_in(kCombining, value)) return 0;
  return lies_in(kWide, value) ? 2 : 1;
}

std::string escape_byte(char c) {
  switch (c) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '\0': return "\\0";
    case '\\': return "\\\\";
    case '"': return "\\\"";
    default: break;
  }
  if (c >= 0x20 && c < 0x7F) return {c};
  const auto byte = static_cast<unsigned char>(c);
  return {'\\', 'x', kHex[byte >> 4U], kHex[byte & 0xFU]};
}

}  // namespace

std::string escaped(std::string_view bytes, std::size_t mark, std::size_t* column) {
  std::string out;
  std::size_t shown = 0;  // columns
  for (std::size_t i = 0; i < bytes.size();) {
    if (column && i <= mark) *column = shown;
    const auto point = decode_utf8(bytes.substr(i));
    if (point && shown_as_is(*point)) {
      out += bytes.substr(i, point->length);
      shown += columns_of(point->value);
      i += point->length;
    } else {
      const bool digit_next = i + 1 < bytes.size() && bytes[i + 1] >= '0' && bytes[i + 1] <= '9';
      const std::string byte = bytes[i] == '\0' && digit_next ? "\\x00" : escape_byte(bytes[i]);
      out += byte;
      shown += byte.size();
      i += 1;
    }
  }
  if (column && mark >= bytes.size()) *column = shown;
  return out;
}

std::string quoted(std::string_view bytes, std::size_t most) {
  const bool cut = bytes.size() > most;
  std::string_view shown = bytes.substr(0, most);
  // Do not cut a letter in two.
  while (cut && !shown.empty() && shown.size() > most - 3 &&
         (static_cast<unsigned char>(bytes[shown.size()]) & 0xC0U) == 0x80U) {
    shown.remove_suffix(1);
  }
  return "\"" + escaped(shown, 0, nullptr) + (cut ? "…\"" : "\"");
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!out.empty()) out += ' ';
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
  }
  return out;
}

}  // namespace sockspec
