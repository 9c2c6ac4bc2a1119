// In what way two texts differ at their first difference, as far as that hints at a mistake.
#pragma once

#include <string_view>

#include "core/verdict.h"

namespace sockspec {

// A word such as "extra-newline", "not-uppercased", "replacement-character"; "other" when the two
// have nothing to do with each other. `unasked`: the bytes came when none were owed.
std::string_view kind_of(const Difference& difference, bool unasked);

}  // namespace sockspec
