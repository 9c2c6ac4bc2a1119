#include "core/load/figures.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace sockspec::load {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// from_chars alone would also take "inf", "nan", "1e5", ".5" and "5.".
bool is_plain(std::string_view digits) {
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || !is_digit(digits.front()) || !is_digit(digits.back())) return false;
  return digits.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

std::optional<double> parse_decimal(std::string_view digits, int power_of_ten) {
  if (!is_plain(digits)) return std::nullopt;
  // The power goes in as an exponent, because a product would be rounded a second time.
  const std::string text = std::string(digits) + "e" + std::to_string(power_of_ten);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_figure(std::string_view text) {
  if (text.ends_with('k')) return parse_decimal(text.substr(0, text.size() - 1), 3);
  if (text.ends_with('M')) return parse_decimal(text.substr(0, text.size() - 1), 6);
  return parse_decimal(text);
}

std::string decimal_text(double value) {
  assert(std::isfinite(value));
  std::array<char, 400> text;  // the longest double without an exponent has 309 digits
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return error == std::errc() ? std::string(text.data(), end) : std::to_string(value);
}

std::string figure_text(double value) {
  std::string best = decimal_text(value);
  const auto try_suffix = [&](double scale, char suffix) {
    const std::string text = decimal_text(value / scale) + suffix;
    if (text.size() < best.size() && parse_figure(text) == value) best = text;
  };
  try_suffix(1e3, 'k');
  try_suffix(1e6, 'M');
  return best;
}

}  // namespace sockspec::load
