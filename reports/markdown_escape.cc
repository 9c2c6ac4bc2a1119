#include "reports/markdown_escape.h"

#include <algorithm>

namespace sockspec::reports {

std::string markdown_text(std::string_view text) {
  // All that GitHub gives a meaning within a line, as entities: a table is cut into its cells
  // before backslashes count.
  constexpr std::string_view kMarkup = "\\`*_[]<>#|~&@$";
  std::string out;
  for (const char c : text) {
    if (kMarkup.find(c) != std::string_view::npos) {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_block(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<std::size_t>(longest + 1, 3), '`');
  const bool ends = text.empty() || text.back() == '\n';
  return fence + "text\n" + std::string(text) + (ends ? "" : "\n") + fence + "\n";
}

}  // namespace sockspec::reports
