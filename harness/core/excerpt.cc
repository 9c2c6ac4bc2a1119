#include "core/excerpt.h"

#include <algorithm>

#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

constexpr char kHex[] = "0123456789abcdef";

// C1 controls and the like are UTF-8 but would move a terminal's cursor.
bool shown_as_is(const CodePoint& point) {
  return point.length > 1 && point.value >= 0xA0 && point.value != 0x2028 &&
         point.value != 0x2029 && (point.value < 0x200B || point.value > 0x200F) &&
         (point.value < 0x202A || point.value > 0x202E) &&
         (point.value < 0x2066 || point.value > 0x2069) && point.value != 0xFEFF;
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
  std::size_t shown = 0;  // columns, which UTF-8 letters do not take one byte each of
  for (std::size_t i = 0; i < bytes.size();) {
    if (column && i <= mark) *column = shown;
    const auto point = decode_utf8(bytes.substr(i));
    if (point && shown_as_is(*point)) {
      out += bytes.substr(i, point->length);
      shown += 1;
      i += point->length;
    } else {
      const std::string byte = escape_byte(bytes[i]);
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
