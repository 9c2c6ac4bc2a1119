// Full Unicode uppercase mapping of letters outside ASCII (UnicodeData.txt and SpecialCasing.txt,
// the entries without context or language): "ß" becomes "SS".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sockspec {

struct UppercaseMapping {
  char32_t from;
  std::string_view to;  // UTF-8
};

// Sorted by `from`.
std::span<const UppercaseMapping> uppercase_table();

// The number of bytes of the UTF-8 sequence that starts with `lead` (RFC 3629 section 4); 0 when
// no sequence starts so.
std::size_t utf8_length(unsigned char lead);

// The whole code point at the start of `bytes`; none when it is cut off or not UTF-8.
struct CodePoint {
  char32_t value;
  std::size_t length;  // bytes
};
std::optional<CodePoint> decode_utf8(std::string_view bytes);

bool is_utf8(std::string_view bytes);

// Without a branch, so that a compiler makes many of them at once.
constexpr char ascii_uppercase(char c) {
  const bool small = static_cast<unsigned char>(c - 'a') < 26;
  return static_cast<char>(c ^ (small ? 'a' ^ 'A' : 0));
}

// UTF-8 in, UTF-8 out; what is not UTF-8 stays as it is.
std::string unicode_uppercase(std::string_view text);

}  // namespace sockspec
