// Figures: numbers as people write them in options: 500, 10k, 1.5M.
//
// Pure functions, safe from any thread. A decimal is rounded once, after its suffix is applied, so
// that 1.001k is exactly 1001 and a schedule made from it is exact too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sockspec::load {

// "1.5", 3 -> 1500. Digits, at most one point between them, perhaps a minus; no exponent, no "nan",
// no spaces. None for anything else, and for a number that no double holds.
std::optional<double> parse_decimal(std::string_view digits, int power_of_ten = 0);

// The same with k (thousand) or M (million) behind it. The range is for the caller to check.
std::optional<double> parse_figure(std::string_view text);

// The shortest text without an exponent that parse_decimal or parse_figure reads as the same
// number. `value` is finite.
std::string decimal_text(double value);
std::string figure_text(double value);

}  // namespace sockspec::load
