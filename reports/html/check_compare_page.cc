#include "reports/html/check_compare_page.h"

#include "reports/html/elements.h"
#include "reports/html/page.h"

namespace sockspec::reports {
namespace {

const char* kind_of(Mood mood) {
  switch (mood) {
    case Mood::Bad: return "bad";
    case Mood::Doubt: return "open";
    case Mood::Good: return "good";
    case Mood::Plain: break;
  }
  return "";
}

const char* badge_of(Mood mood) {
  switch (mood) {
    case Mood::Bad: return "badge failed";
    case Mood::Doubt: return "badge undecided";
    case Mood::Good: return "badge passed";
    case Mood::Plain: break;
  }
  return "badge";
}

std::string item(const StoryLine& line, Mood mood) {
  std::string told;
  if (!line.word.empty()) told += html_element("span", line.word, badge_of(mood)) + " ";
  if (!line.scenario.empty()) told += html_element("code", line.scenario) + " ";
  told += html_text(line.text);
  if (!line.before.empty()) told += " " + html_element("span", "(" + line.before + ")", "soft");
  for (const std::string& detail : line.details) told += html_element("p", detail, "note");
  return html_wrap("li", told) + "\n";
}

std::string section(const StorySection& told) {
  std::string list;
  for (const StoryLine& line : told.lines) list += item(line, told.mood);
  const std::string inside = html_element("h2", told.heading) + "\n" + html_wrap("ul", list);
  const std::string kind = kind_of(told.mood);
  return html_wrap("section", inside, kind.empty() ? "card" : "card " + kind) + "\n";
}

std::string runs(const ComparisonStory& story) {
  std::string facts;
  for (const StorySide& side : story.sides) {
    facts +=
        html_wrap("div", html_element("dt", side.word) + html_element("dd", side.text), "wide") +
        "\n";
  }
  std::string inside = html_wrap("dl", facts, "facts") + "\n";
  for (const std::string& caution : story.cautions) inside += html_element("p", caution, "note");
  return html_wrap("section", inside, "card");
}

}  // namespace

std::string check_compare_html(const ComparisonStory& story, std::string_view lang) {
  std::string top =
      html_element("p", story.title, "what") + html_element("h1", story.conclusion) + "\n";
  for (const std::string& remark : story.remarks) top += html_element("p", remark, "lead") + "\n";
  HtmlPage page;
  page.lang = lang;
  page.title = story.title;
  page.body = html_wrap("header", top, std::string("top stack ") + kind_of(story.mood)) + "\n";
  for (const StorySection& told : story.sections) page.body += section(told);
  page.body += runs(story);
  return html_page(page);
}

}  // namespace sockspec::reports
