#include "scenario/units.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace sockspec::scenario {
namespace {

constexpr std::uint64_t kLargest = 1ULL << 30U;  // bytes: no payload is larger

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Takes a number from the front; none when there is none.
std::optional<double> take_decimal(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() &&
         ((text[length] >= '0' && text[length] <= '9') || text[length] == '.'))
    ++length;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + length, value);
  if (length == 0 || error != std::errc() || end != text.data() + length) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

std::optional<std::uint64_t> take_whole(std::string_view& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

Error bad_size(std::string_view text) {
  return usage_error("\"" + std::string(text) +
                     "\" is not a size; write 1000, \"64KiB\", \"max_message - 1\", "
                     "\"2 x tcp_wmem.max\", \"$variable\" or \"1..400\"");
}

Error too_large(std::string_view text) {
  return usage_error("\"" + std::string(text) + "\" is too large; at most 1024MiB");
}

std::uint64_t unit_of(std::string_view& text) {
  const auto take = [&](std::string_view unit) {
    if (!text.starts_with(unit)) return false;
    text.remove_prefix(unit.size());
    return true;
  };
  if (take("KiB")) return 1024;
  if (take("MiB")) return 1024 * 1024;
  take("B");
  return 1;
}

bool is_figure(std::string_view name) {
  if (name.empty()) return false;
  for (const char c : name.substr(name[0] == '$' ? 1 : 0)) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '.') return false;
  }
  return name != "$";
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  const std::string shown = "\"" + std::string(text) + "\"";
  std::string_view rest = trimmed(text);
  const std::optional<double> number = take_decimal(rest);
  if (!number) return usage_error(shown + " is not a duration; write \"500ms\" or \"0.5s\"");
  double nanoseconds = 0;
  if (rest == "us") {
    nanoseconds = *number * 1e3;
  } else if (rest == "ms") {
    nanoseconds = *number * 1e6;
  } else if (rest == "s") {
    nanoseconds = *number * 1e9;
  } else if (rest == "m") {
    nanoseconds = *number * 60e9;
  } else if (rest.empty()) {
    const std::string bare(trimmed(text));
    return usage_error(shown + " has no unit; write \"" + bare + "ms\" or \"" + bare + "s\"");
  } else {
    return usage_error(shown + " has an unknown unit \"" + std::string(rest) +
                       "\"; use us, ms, s or m");
  }
  if (!(nanoseconds <= 3600e9))
    return usage_error(shown + " is too long; at most one hour, \"60m\"");
  return Duration(static_cast<Duration::rep>(std::llround(nanoseconds)));
}

Result<Size> parse_size(std::string_view text) {
  const std::string_view whole = text;
  Size size;
  text = trimmed(text);
  size.factor = 1;
  if (const auto number = take_whole(text)) {
    if (*number > kLargest) return too_large(whole);
    size.factor = *number * unit_of(text);
    if (text.starts_with("..")) {
      text.remove_prefix(2);
      const auto up_to = take_whole(text);
      if (!up_to || !text.empty() || *up_to < size.factor || *up_to > kLargest)
        return bad_size(whole);
      size.up_to = *up_to;
      return size;
    }
    text = trimmed(text);
    if (!text.starts_with("x ")) {
      if (!text.empty()) return bad_size(whole);
      if (size.factor > kLargest) return too_large(whole);
      return size;
    }
    text = trimmed(text.substr(2));
  }
  const std::size_t space = text.find(' ');
  size.figure = text.substr(0, space);
  if (!is_figure(size.figure)) return bad_size(whole);
  if (space == std::string_view::npos) return size;
  text = trimmed(text.substr(space));
  const bool minus = text.starts_with('-');
  if (!minus && !text.starts_with('+')) return bad_size(whole);
  text = trimmed(text.substr(1));
  const auto more = take_whole(text);
  if (!more || !text.empty() || *more > kLargest) return bad_size(whole);
  size.plus = minus ? -static_cast<std::int64_t>(*more) : static_cast<std::int64_t>(*more);
  return size;
}

}  // namespace sockspec::scenario
