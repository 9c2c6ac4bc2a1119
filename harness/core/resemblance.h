// Resemblance: how a reply resembles what was sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/transformer.h"

namespace sockspec {

struct Resemblance {
  LetterMapping mapping = LetterMapping::Unchanged;
  std::string before;         // the server's own words around it
  std::string after;          // (instead of the newline, when that was lost)
  bool newline_lost = false;  // the newline at the end of what was sent did not come back

  bool exact() const { return before.empty() && after.empty() && !newline_lost; }
};

// None: what was sent, unchanged or in upper case, is no part of the reply.
std::optional<Resemblance> resemblance(std::string_view sent, std::string_view reply);

std::string mapped(LetterMapping mapping, std::string_view sent);

}  // namespace sockspec
