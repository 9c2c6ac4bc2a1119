#include "reference-servers/faulty/session/utf8_text.h"

#include <cstddef>

namespace sockspec::reference::faulty {
namespace {

std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool may_follow(unsigned char lead, unsigned char second) {
  if (lead == 0xE0) return second >= 0xA0 && second <= 0xBF;
  if (lead == 0xED) return second >= 0x80 && second <= 0x9F;
  if (lead == 0xF0) return second >= 0x90 && second <= 0xBF;
  if (lead == 0xF4) return second >= 0x80 && second <= 0x8F;
  return second >= 0x80 && second <= 0xBF;
}

}  // namespace

bool is_utf8_text(std::string_view bytes) {
  const auto at = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  std::size_t length = 0;
  for (std::size_t i = 0; i < bytes.size(); i += length) {
    length = length_of(at(i));
    if (length == 0 || length > bytes.size() - i) return false;
    if (length > 1 && !may_follow(at(i), at(i + 1))) return false;
    for (std::size_t k = 2; k < length; ++k) {
      if ((at(i + k) & 0xC0) != 0x80) return false;
    }
  }
  return true;
}

}  // namespace sockspec::reference::faulty
