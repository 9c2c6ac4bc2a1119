#include "reports/html/html_parts.h"

#include "reports/html/page.h"
#include "reports/printable.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kMostOfALine = 2000;

std::string cell(const char* tag, const char* more, HtmlCells kind, const std::string& html) {
  const char* const look = kind == HtmlCells::Figures ? " class=\"number\""
                           : kind == HtmlCells::Words ? " class=\"words\""
                                                      : "";
  return std::string("<") + tag + more + look + ">" + html + "</" + tag + ">";
}

}  // namespace

std::string html_table(const std::string& caption, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return {};
  std::string out = "<div class=\"scroll\" role=\"region\" tabindex=\"0\"" +
                    html_attribute("aria-label", caption) +
                    "><table class=\"data\">\n<caption class=\"offscreen\">" + html_text(caption) +
                    "</caption>\n<thead><tr>";
  for (const HtmlColumn& column : columns)
    out += cell("th", " scope=\"col\"", column.cells, html_text(column.title));
  out += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const HtmlCells kind = i < columns.size() ? columns[i].cells : HtmlCells::Short;
      out += i == 0 ? cell("th", " scope=\"row\"", kind, row[i]) : cell("td", "", kind, row[i]);
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string html_facts(const std::vector<std::pair<std::string, std::string>>& facts) {
  if (facts.empty()) return {};
  std::string out = "<dl class=\"facts\">\n";
  for (const auto& [name, html] : facts)
    out += "<div><dt>" + html_text(name) + "</dt><dd>" + html + "</dd></div>\n";
  return out + "</dl>\n";
}

std::string html_card(const std::string& id, std::string_view kind, const std::string& heading,
                      const std::string& html) {
  if (html.empty()) return {};
  return "<section class=\"card" + (kind.empty() ? "" : " " + std::string(kind)) + "\"" +
         html_attribute("aria-labelledby", id) + ">\n<h2" + html_attribute("id", id) + ">" +
         html_text(heading) + "</h2>\n" + html + "</section>\n";
}

std::string html_badge(std::string_view outcome, const std::string& word) {
  return "<span class=\"badge " + std::string(outcome) + "\">" + html_text(word) + "</span>";
}

std::string html_paragraph(std::string_view kind, const std::string& text) {
  if (text.empty()) return {};
  return "<p" + (kind.empty() ? std::string() : html_attribute("class", kind)) + ">" +
         html_line(text) + "</p>\n";
}

std::string html_line(std::string_view text) {
  return html_text(printable_line(text, kMostOfALine));
}

}  // namespace sockspec::reports
