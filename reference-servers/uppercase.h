// The transform of the uppercase servers.
#pragma once

#include <span>

namespace sockspec::reference {

// a-z become A-Z in place, by byte; every other byte, also of UTF-8 text, stays. So it does not
// matter how the bytes were split. Not std::toupper: it asks the locale, and a negative char is
// undefined behaviour to it.
inline void to_ascii_uppercase(std::span<char> bytes) {
  // A store for every byte, whether it changes or not: sixteen at a time for the compiler.
  for (char& byte : bytes) {
    const bool lower = byte >= 'a' && byte <= 'z';
    byte = static_cast<char>(byte - (lower ? 'a' - 'A' : 0));
  }
}

}  // namespace sockspec::reference
