#include "core/difference_kind.h"

#include <algorithm>

namespace sockspec {
namespace {

using Text = std::string_view;

constexpr Text kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kTelling = 4;  // so many bytes found again are no chance

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
char other_case(char c) { return is_lower(c) || is_upper(c) ? static_cast<char>(c ^ 0x20) : c; }

Text kind_of_extra(Text extra, Text wanted_before) {
  if (extra.empty()) return "extra";
  const bool zeros = std::all_of(extra.begin(), extra.end(), [](char c) { return c == '\0'; });
  if (zeros) return extra.size() == 1 ? "extra-nul" : "extra-zeros";
  if (extra == "\n" || extra == "\r\n") return "extra-newline";
  const Text start = extra.substr(0, kTelling);
  if (extra.size() >= kTelling && wanted_before.find(start) != Text::npos) return "extra-repeat";
  return "extra";
}

Text kind_of_letter(char wanted, char got) {
  if (is_upper(wanted) && got == other_case(wanted)) return "not-uppercased";
  if (is_lower(wanted) && got == other_case(wanted)) return "uppercased";
  if ((wanted & 0x80) != 0 && got == static_cast<char>(wanted & 0x7F)) return "high-bit";
  const int step = static_cast<unsigned char>(wanted) - static_cast<unsigned char>(got);
  if (step == 0x20 || (wanted & 0xDF) == got) return "off-by-a-case";
  return "";
}

// What was wanted goes on a little later: something was put in between.
bool goes_on_in(Text in, Text wanted) {
  const Text start = wanted.substr(0, kTelling);
  return start.size() == kTelling && in.find(start) != Text::npos;
}

}  // namespace

Text kind_of(const Difference& difference, bool unasked) {
  const auto mark = static_cast<std::size_t>(difference.offset - difference.window_offset);
  const Text all_wanted = difference.expected;
  const Text wanted = all_wanted.substr(std::min(mark, all_wanted.size()));
  const Text got = Text(difference.received).substr(std::min(mark, difference.received.size()));
  if (unasked || wanted.empty()) return kind_of_extra(got, all_wanted);
  if (got.empty()) return "missing";
  if (got.starts_with(kReplacement)) return "replacement-character";
  if (got[0] == '\r' && wanted[0] == '\n') return "crlf";
  if (const Text letter = kind_of_letter(wanted[0], got[0]); !letter.empty()) {
    const bool later = difference.offset > 0 && letter == "not-uppercased";
    return later ? "not-all-uppercased" : letter;
  }
  if ((wanted[0] & 0x80) != 0 && got[0] == '?') return "question-mark";
  if (got[0] == '\n' && goes_on_in(got, wanted)) return "newline-inserted";
  if (difference.offset == 0 && goes_on_in(got, wanted)) return "prefix";
  if (goes_on_in(got, wanted)) return "inserted";
  if (is_space(wanted[0])) return "white-space-lost";
  if (got[0] == '\0') return "zeros";
  if (goes_on_in(wanted, got)) return "bytes-lost";
  if (goes_on_in(all_wanted, got)) return "old-bytes";
  return "other";
}

}  // namespace sockspec
