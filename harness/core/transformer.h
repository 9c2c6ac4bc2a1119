// Transformer: the reply of a contract as a function of a byte stream, fed in pieces.
//
// The pieces do not matter: feed(a) + feed(b) is always the reply to a + b. Where the reply to the
// last bytes cannot be known yet (half a code point, half a line) they are held back.
// Not thread-safe; copyable.
#pragma once

#include <string>
#include <string_view>

#include "core/profile.h"

namespace sockspec {

enum class LetterMapping { Unchanged, AsciiUpper, UnicodeUpper };

class Transformer {
 public:
  Transformer(LetterMapping mapping, Framing framing) : mapping_(mapping), framing_(framing) {}

  // What becomes owed by these bytes of the client.
  std::string feed(std::string_view bytes);

 private:
  std::string map(std::string_view bytes) const;
  std::size_t complete_prefix() const;

  LetterMapping mapping_;
  Framing framing_;
  std::string held_;
};

}  // namespace sockspec
