#include "reports/html/difference_table.h"

#include <algorithm>

#include "core/excerpt.h"
#include "reports/difference_text.h"
#include "reports/html/elements.h"
#include "reports/html/page.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

bool is_inside_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string marked(std::string_view text) { return html_element("mark", text); }

// The text with the letter marked in which byte number `mark` lies.
std::string text_cell(std::string_view bytes, std::size_t mark, std::string_view lang) {
  std::size_t begin = std::min(mark, bytes.size());
  while (begin > 0 && begin < bytes.size() && is_inside_letter(bytes[begin])) --begin;
  std::size_t end = std::min(begin + 1, bytes.size());
  while (end < bytes.size() && is_inside_letter(bytes[end])) ++end;
  const auto part = [&](std::size_t from, std::size_t to) {
    return escaped(bytes.substr(from, to - from), 0, nullptr);
  };
  const std::string there =
      begin < bytes.size() ? part(begin, end) : html_word("html.nothing-more", lang);
  return html_text(part(0, begin)) + marked(there) + html_text(part(end, bytes.size()));
}

std::string hex_cell(const std::string& hex, std::size_t column) {
  if (column >= hex.size()) return html_text(hex) + " " + marked("--");
  return html_text(hex.substr(0, column)) + marked(hex.substr(column, 2)) +
         html_text(hex.substr(std::min(column + 2, hex.size())));
}

std::string row(const std::string& head, const std::string& cell) {
  return "<tr><th scope=\"row\">" + html_text(head) + "</th><td><code>" + cell +
         "</code></td></tr>\n";
}

}  // namespace

std::string difference_table(const Difference& difference, std::string_view lang) {
  const ShownDifference shown = shown_difference(difference);
  const auto mark = static_cast<std::size_t>(difference.offset - difference.window_offset);
  const std::string wanted = html_word("console.wanted", lang);
  const std::string got = html_word("console.got", lang);
  const std::string hex = html_word("html.hex", lang);
  const Message title{"console.difference", {{"offset", std::to_string(difference.offset)}}};
  return "<div class=\"scroll\"><table class=\"difference\">\n<caption>" +
         html_text(render(title, lang)) + "</caption>\n" +
         row(wanted, text_cell(difference.expected, mark, lang)) +
         row(got, text_cell(difference.received, mark, lang)) +
         row(wanted + ", " + hex, hex_cell(shown.expected_hex, shown.hex_column)) +
         row(got + ", " + hex, hex_cell(shown.received_hex, shown.hex_column)) + "</table></div>\n";
}

}  // namespace sockspec::reports
