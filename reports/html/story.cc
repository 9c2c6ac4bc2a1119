#include "reports/html/story.h"

#include <algorithm>

#include "core/names.h"
#include "reports/failure_text.h"
#include "reports/html/difference_table.h"
#include "reports/html/elements.h"
#include "reports/html/page.h"
#include "reports/html/sequence_diagram.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/result_text.h"
#include "reports/timeline.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kTimelineLines = 30;
constexpr std::size_t kTold = 5;  // failed checks told at length; the table has them all
constexpr std::size_t kSnippet = 24576;

class Story {
 public:
  Story(const CheckReport& report, const ScenarioResult& whole)
      : report_(report), lang_(report.lang), result_(bounded(whole, report.lang)) {}

  std::string tell() {
    circumstances();
    failed_checks();
    // What passed shows what it is about; what failed, first why.
    if (is_bad(result_.outcome)) why();
    conversation();
    section("html.about", html_paragraphs(result_.explanation.in(lang_)));
    contract();
    server();
    again();
    all_checks();
    return out_;
  }

 private:
  std::string word(const char* id) const { return html_word(id, lang_); }

  void section(const char* heading, const std::string& html) {
    if (html.empty()) return;
    out_ += "<section>\n" + html_element("h4", word(heading)) + "\n" + html + "</section>\n";
  }

  void circumstances() {
    if (result_.runs > 1) {
      const Message repeated{"console.repeated",
                             {{"failed", std::to_string(result_.failed_runs)},
                              {"runs", std::to_string(result_.runs)}}};
      out_ += html_element("p", render(repeated, lang_), "note") + "\n";
    }
    // What is not bad has its reason in its line.
    if (!result_.reason.empty() && is_bad(result_.outcome))
      out_ += html_element("p", render(result_.reason, lang_), "note") + "\n";
    if (result_.known) known(*result_.known);
  }

  void known(const KnownFailure& known) {
    out_ += "<p class=\"note\">" +
            html_text(render({"formats.known", {{"reason", known.reason}}}, lang_));
    // Only what a browser opens as a page; javascript: stays text.
    const std::string& link = known.link;
    const bool opens = link.starts_with("https://") || link.starts_with("http://");
    if (opens)
      out_ +=
          " <a rel=\"noreferrer\"" + html_attribute("href", link) + ">" + html_text(link) + "</a>";
    else
      out_ += " " + html_text(link);
    out_ += "</p>\n";
  }

  void failed_checks() {
    std::size_t told = 0;
    for (const Check& check : result_.checks) {
      if (!is_bad(check.outcome) || ++told > kTold) continue;
      out_ += "<div class=\"facing\">\n<div class=\"wanted\">" +
              html_element("h4", word("console.expected")) +
              html_paragraphs(render(check.expected, lang_)) + "</div>\n<div class=\"came\">" +
              html_element("h4", word("console.came")) +
              html_paragraphs(render(check.observed, lang_)) + "</div>\n</div>\n";
      if (check.difference) out_ += difference_table(*check.difference, lang_);
    }
  }

  void why() {
    std::string text = html_paragraphs(result_.hint.in(lang_));
    if (!report_.diagnosis.empty()) {
      const Message likely{"html.see-diagnosis",
                           {{"fault", printable_line(report_.diagnosis.front().fault.name, 200)}}};
      text += "<p><a href=\"#diagnosis\">" + html_text(render(likely, lang_)) + "</a></p>\n";
    }
    section("console.why", text);
  }

  void conversation() {
    const std::string picture = sequence_diagram(result_, lang_);
    if (picture.empty()) return;
    std::string text;
    for (const std::string& line : timeline(result_, lang_, kTimelineLines)) text += line + "\n";
    for (const Check& check : result_.checks) {
      if (is_bad(check.outcome)) text += verdict_line(check, lang_) + "\n";
    }
    section("html.conversation",
            "<figure class=\"scroll\" tabindex=\"0\" role=\"group\"" +
                html_attribute("aria-label", word("html.conversation")) + ">\n" + picture +
                "</figure>\n<details class=\"more\"><summary>" + html_text(word("html.as-text")) +
                "</summary>\n" + html_code(text, word("console.timeline")) + "</details>\n");
  }

  // A scenario that serves several profiles cites the contract of each.
  bool is_of_another_profile(const Citation& cite) const {
    const bool profile = cite.section.starts_with("tcp-") || cite.section.starts_with("udp-");
    return cite.document == "sockspec profiles" && profile && cite.section != report_.profile.id;
  }

  void contract() {
    std::string text;
    for (const Citation& cite : result_.cites) {
      if (is_of_another_profile(cite)) continue;
      const std::string where = cite.document + (cite.section.empty() ? "" : " " + cite.section);
      text += "<blockquote>" + (cite.quote.empty() ? "" : html_element("p", cite.quote)) +
              "<footer>" + html_element("cite", where) + "</footer></blockquote>\n";
    }
    section("console.contract", text);
  }

  void server() {
    std::string text;
    if (result_.server_gone) text += html_element("p", render(*result_.server_gone, lang_)) + "\n";
    if (!result_.server_output.empty())
      text += html_code(safe_for_terminal(result_.server_output), word("console.said"));
    section(result_.server_output.empty() ? "console.server" : "console.said", text);
  }

  void again() {
    std::string text =
        html_code(bounded_reproduce(report_, result_), word("console.again"), Lines::Wrap);
    if (!result_.reproduce_python.empty()) {
      text +=
          "<details class=\"more\"><summary>" + html_text(word("html.python")) + "</summary>\n" +
          html_code(first_lines(result_.reproduce_python, kSnippet, lang_), word("html.python")) +
          "</details>\n";
    }
    section("console.again", text);
  }

  void all_checks() {
    if (result_.checks.empty()) return;
    std::string text = "<div class=\"scroll\"><table class=\"data\">\n<thead><tr>";
    for (const char* const id : {"formats.outcome", "html.check", "html.axis", "formats.level",
                                 "console.expected", "formats.what"})
      text += "<th scope=\"col\">" + html_text(word(id)) + "</th>";
    text += "</tr></thead>\n<tbody>\n";
    for (const Check& check : result_.checks) {
      const std::string outcome = "console." + std::string(name_of(check.outcome));
      text += "<tr>" + html_element("td", render({outcome}, lang_)) +
              html_wrap("td", html_element("code", check.id)) +
              html_element("td", name_of(check.axis)) + html_element("td", name_of(check.level)) +
              html_element("td", render(check.expected, lang_)) +
              html_element("td", render(check.observed, lang_)) + "</tr>\n";
    }
    section("html.checks", text + "</tbody></table></div>\n");
  }

  const CheckReport& report_;
  const std::string& lang_;
  const ScenarioResult result_;
  std::string out_;
};

}  // namespace

std::string scenario_story(const CheckReport& report, const ScenarioResult& result) {
  return Story(report, result).tell();
}

}  // namespace sockspec::reports
