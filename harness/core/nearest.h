// nearest: the known name that a mistyped one most likely meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sockspec {

// By edit distance (Damerau–Levenshtein, optimal string alignment). "" when nothing is near.
std::string nearest(std::string_view typed, std::span<const std::string> known);

// `; did you mean "x"?` or "".
std::string did_you_mean(std::string_view typed, std::span<const std::string> known);

}  // namespace sockspec
