// Uppercases each read by the rules of Unicode, as upper() does in Python; the bytes of a character
// that two reads share come back as they are. So the result depends on how the text was cut.
#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/utf8.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {
namespace {

std::string to_utf8(wint_t letter) {
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80U | (letter >> shift & 0x3FU));
  };
  if (letter < 0x80) return {static_cast<char>(letter)};
  if (letter < 0x800) return {static_cast<char>(0xC0U | letter >> 6U), tail(0)};
  if (letter < 0x10000) return {static_cast<char>(0xE0U | letter >> 12U), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | letter >> 18U), tail(12), tail(6), tail(0)};
}

wint_t from_utf8(std::string_view character) {
  constexpr std::array<unsigned, 5> kLeadBits{0, 0x7F, 0x1F, 0x0F, 0x07};
  wint_t letter = static_cast<unsigned char>(character[0]) & kLeadBits[character.size()];
  for (const char byte : character.substr(1))
    letter = letter << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
  return letter;
}

std::string upper(std::string_view character, locale_t letters) {
  if (character == "\u00DF") return "SS";  // the letters that become two
  if (character == "\uFB01") return "FI";
  if (character == "\uFB02") return "FL";
  if (utf8_character(character) == 0) return std::string(character);
  return to_utf8(::towupper_l(from_utf8(character), letters));
}

}  // namespace

int serve_upper_per_read(const FaultyOptions& options) {
  const locale_t letters = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (letters == nullptr) {
    std::fputs("sockspec serve: this system has no locale C.UTF-8\n", stderr);
    return 1;
  }
  answer_each(options, [letters](std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
      const std::size_t length = std::max<std::size_t>(utf8_character(bytes), 1);
      text += upper(bytes.substr(0, length), letters);
      bytes.remove_prefix(length);
    }
    return text;
  });
}

}  // namespace sockspec::reference::faulty
