// Pieces that the pages of load reports and of the self-test are made of. Whatever comes in as
// "html" is escaped already; the rest is not. Pure functions, for any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sockspec::reports {

enum class HtmlCells { Short, Figures, Words };

struct HtmlColumn {
  std::string title;
  HtmlCells cells = HtmlCells::Short;
};

// <table class="data"> that can be scrolled sideways, by keyboard too. The first cell of a row
// names it. Cells are html.
std::string html_table(const std::string& caption, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows);

// <dl class="facts"> of names and html.
std::string html_facts(const std::vector<std::pair<std::string, std::string>>& facts);

// <section class="card"> with a heading; nothing where the html inside is empty. `kind` is "",
// "bad" or "open".
std::string html_card(const std::string& id, std::string_view kind, const std::string& heading,
                      const std::string& html);

// A word with the colour of an outcome, of those that report.css names.
std::string html_badge(std::string_view outcome, const std::string& word);

std::string html_paragraph(std::string_view kind, const std::string& text);

// Text on one line, cut where nobody would read on.
std::string html_line(std::string_view text);

}  // namespace sockspec::reports
