#include "reports/printable.h"

#include <algorithm>

#include "core/excerpt.h"
#include "core/unicode_uppercase.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr char kTab[] = "    ";

// U+FFFE, U+FFFF and their like in every plane: UTF-8 can say them, XML cannot.
bool is_noncharacter(char32_t value) { return (value & 0xFFFEU) == 0xFFFEU; }

bool is_inside_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The place at or before `at` (after it, with `forward`) where no letter is cut in two.
std::size_t letter_border(std::string_view text, std::size_t at, bool forward) {
  constexpr std::size_t kLongestLetter = 4;
  std::size_t border = at;
  for (std::size_t i = 0; i < kLongestLetter; ++i) {
    if (border >= text.size() || !is_inside_letter(text[border])) return border;
    if (border == 0) break;
    border = forward ? border + 1 : border - 1;
  }
  return at;  // no letter is so long: these are no letters
}

std::string escaped_part(std::string_view part) { return escaped(part, 0, nullptr); }

// `newline` is what stands for one.
std::string printable_with(std::string_view text, std::string_view newline) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const bool ends_line = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    const auto point = decode_utf8(text.substr(i));
    std::size_t taken = 1;
    if (c == '\n') {
      out += newline;
    } else if (c == '\t') {
      out += kTab;
    } else if (c >= 0x20 && c < 0x7F) {
      out += c;  // escaped() would double backslashes, which texts of our own have already
    } else if (point && point->length > 1 && !is_noncharacter(point->value)) {
      taken = point->length;
      out += escaped_part(text.substr(i, taken));
    } else if (!ends_line) {
      out += escaped_part(text.substr(i, 1));
    }
    i += taken;
  }
  return out;
}

std::string left_out(std::size_t bytes, std::string_view lang) {
  return render({"formats.cut", {{"bytes", std::to_string(bytes)}}}, lang);
}

}  // namespace

std::string printable(std::string_view text) { return printable_with(text, "\n"); }

std::string printable_line(std::string_view text, std::size_t most) {
  if (text.size() <= most) return printable_with(text, "\\n");
  return printable_with(text.substr(0, letter_border(text, most, false)), "\\n") + "…";
}

std::string first_lines(std::string_view text, std::size_t most, std::string_view lang) {
  if (text.size() <= most) return printable(text);
  const std::size_t end = letter_border(text, most, false);
  return printable(text.substr(0, end)) + "\n" + left_out(text.size() - end, lang) + "\n";
}

std::string last_lines(std::string_view text, std::size_t most, std::string_view lang) {
  return printable(last_bytes(text, most, lang));
}

std::string last_bytes(std::string_view text, std::size_t most, std::string_view lang) {
  if (text.size() <= most) return std::string(text);
  const std::size_t begin = letter_border(text, text.size() - most, true);
  return left_out(begin, lang) + "\n" + std::string(text.substr(begin));
}

}  // namespace sockspec::reports
