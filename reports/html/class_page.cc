#include "reports/html/class_page.h"

#include <algorithm>
#include <cstdio>

#include "core/grade/class_summary.h"
#include "reports/grade_words.h"
#include "reports/html/check_head.h"
#include "reports/html/elements.h"
#include "reports/html/html_parts.h"
#include "reports/html/page.h"
#include "reports/html/result_list.h"
#include "reports/messages.h"
#include "reports/result_text.h"

namespace sockspec::reports {
namespace {

using namespace grade;

constexpr std::size_t kMostSubmissions = 5000;
constexpr std::size_t kMostCommon = 20;
constexpr std::size_t kMostFailed = 200;
constexpr int kFullBar = 100;  // percent
const std::string kCheckPage = "check.html";

// A path as an address.
std::string address(const std::string& name) {
  std::string text;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '/';
    char coded[4];
    std::snprintf(coded, sizeof coded, "%%%02X", static_cast<unsigned char>(c));
    text += plain ? std::string(1, c) : coded;
  }
  return text;
}

std::string link(const std::string& to, const std::string& html) {
  return "<a" + html_attribute("href", to) + ">" + html + "</a>";
}

const char* kind_of(const Submission& submission) {
  switch (submission.state) {
    case State::Graded: break;
    case State::Error: return "undecided";
    case State::BuildFailed:
    case State::DidNotStart:
    case State::OverLimit: return "failed";
  }
  switch (submission.outcome) {
    case Outcome::Pass: return "passed";
    case Outcome::Warn: return "warned";
    case Outcome::Fail: return "failed";
    case Outcome::Inconclusive:
    case Outcome::Skipped:
    case Outcome::NotRun: return "undecided";
  }
  return "undecided";
}

class ClassPages {
 public:
  ClassPages(const GradeReport& report, const Catalogue& known)
      : report_(report), known_(known), summary_(summarize(report.submissions)) {}

  std::string overview() const { return page(report_.title, top() + common() + points() + list()); }

  std::string one(const Submission& submission, const std::optional<CheckReport>& check) const {
    std::string body =
        std::string("<header class=\"top stack ") +
        (kind_of(submission) == std::string("passed") ? "good" : "bad") + "\">\n" +
        html_paragraph("what", report_.title) + "<h1>" +
        html_line(submission.name + ": " + points_of_most(submission, report_.lang)) +
        "</h1>\n<p>" + badge(submission) + "</p>\n" +
        html_paragraphs(why_text(submission, report_.lang));
    const bool judged = check && submission.state != State::DidNotStart;
    if (judged) body += "<p>" + link(kCheckPage, html_text(say({"classpage.check"}))) + "</p>\n";
    body += "</header>\n";
    if (judged) body += check_diagnosis(*check, kCheckPage);
    if (!submission.output.empty())
      body += html_card("output", "bad", say({"classpage.output"}),
                        html_code(submission.output, say({"classpage.output"}), Lines::Wrap));
    if (judged) body += not_held(*check);
    return page(submission.name + " – " + report_.title, body);
  }

 private:
  std::string say(const Message& message) const { return render(message, report_.lang); }

  std::string page(const std::string& title, const std::string& body) const {
    HtmlPage page;
    page.lang = report_.lang;
    page.title = title;
    page.body = body;
    return html_page(page);
  }

  const Fault* fault(const std::string& name) const {
    const auto found = std::find_if(known_.faults.begin(), known_.faults.end(),
                                    [&](const Fault& each) { return each.name == name; });
    return found == known_.faults.end() ? nullptr : &*found;
  }

  std::string scenario_words(const std::string& id) const {
    const auto found = std::find_if(known_.scenarios.begin(), known_.scenarios.end(),
                                    [&](const Scenario& each) { return each.id == id; });
    return found == known_.scenarios.end() ? "" : html_line(found->title.in(report_.lang));
  }

  std::string badge(const Submission& submission) const {
    return html_badge(kind_of(submission), standing_word(submission, report_.lang));
  }

  std::string top() const {
    std::vector<std::pair<std::string, std::string>> facts{
        {say({"classpage.submissions"}), std::to_string(report_.submissions.size())}};
    for (const auto& [state, count] : summary_.states)
      facts.emplace_back(state_word(state, report_.lang), std::to_string(count));
    if (summary_.mean) facts.emplace_back(say({"classpage.mean"}), points_text(*summary_.mean));
    if (summary_.median)
      facts.emplace_back(say({"classpage.median"}), points_text(*summary_.median));
    std::string html = "<header class=\"top stack open\">\n" +
                       html_paragraph("what", say({"classpage.what"})) + "<h1>" +
                       html_line(report_.title) + "</h1>\n" + html_facts(facts);
    if (report_.isolation == Isolation::None)
      html += html_paragraph("note", say({"classpage.no-sandbox"}));
    if (report_.interrupted_by != 0) html += html_paragraph("note", say({"classpage.interrupted"}));
    return html + "</header>\n";
  }

  std::string common() const {
    std::vector<std::vector<std::string>> rows;
    for (const CommonFault& each : summary_.common_faults) {
      if (rows.size() == kMostCommon) break;
      const Fault* const known = fault(each.fault);
      rows.push_back({"<code>" + html_line(each.fault) + "</code>",
                      std::to_string(each.submissions),
                      known ? html_line(known->title.in(report_.lang)) : "",
                      known ? html_line(known->hint.in(report_.lang)) : ""});
    }
    std::string html = html_table(say({"classpage.common"}),
                                  {{say({"classpage.fault"})},
                                   {say({"classpage.submissions"}), HtmlCells::Figures},
                                   {say({"classpage.what-it-is"}), HtmlCells::Words},
                                   {say({"classpage.what-to-do"}), HtmlCells::Words}},
                                  rows);
    rows.clear();
    for (const CommonFailure& each : summary_.common_failures) {
      if (rows.size() == kMostCommon) break;
      rows.push_back({"<code>" + html_line(each.scenario) + "</code>",
                      std::to_string(each.submissions), scenario_words(each.scenario)});
    }
    const std::string failures = html_table(say({"classpage.failures"}),
                                            {{say({"classpage.scenario"})},
                                             {say({"classpage.submissions"}), HtmlCells::Figures},
                                             {say({"classpage.what-it-asks"}), HtmlCells::Words}},
                                            rows);
    return html_card("common", "", say({"classpage.common"}), html) +
           html_card("failures", "", say({"classpage.failures"}), failures);
  }

  std::string points() const {
    std::size_t most = 1;
    for (const PointsBucket& bucket : summary_.histogram) most = std::max(most, bucket.submissions);
    std::vector<std::vector<std::string>> rows;
    for (const PointsBucket& bucket : summary_.histogram) {
      const auto width = bucket.submissions * kFullBar / most;
      rows.push_back({std::to_string(bucket.from) + "–" + std::to_string(bucket.to) + " %",
                      std::to_string(bucket.submissions),
                      "<svg width=\"200\" height=\"12\" aria-hidden=\"true\"><rect width=\"" +
                          std::to_string(2 * width) + "\" height=\"12\" fill=\"#3b6ea5\"/></svg>"});
    }
    return html_card("points", "", say({"classpage.histogram"}),
                     html_table(say({"classpage.histogram"}),
                                {{say({"classpage.points"})},
                                 {say({"classpage.submissions"}), HtmlCells::Figures},
                                 {""}},
                                rows));
  }

  std::string list() const {
    std::vector<std::vector<std::string>> rows;
    for (const Submission& each : report_.submissions) {
      if (rows.size() == kMostSubmissions) break;
      const std::string why = why_text(each, report_.lang);
      const std::string& page = each.pages.html;
      rows.push_back(
          {page.empty() ? html_line(each.name) : link(address(page), html_line(each.name)),
           each.points.earned ? points_text(*each.points.earned) : "–", badge(each),
           html_line(faults_text(each)), std::to_string(each.failed.size()),
           html_line(why.substr(0, why.find('\n')))});
    }
    std::string html = "<div data-sort>\n" +
                       html_table(say({"classpage.submissions"}),
                                  {{say({"classpage.name"})},
                                   {say({"classpage.points"}), HtmlCells::Figures},
                                   {say({"classpage.state"})},
                                   {say({"classpage.faults"}), HtmlCells::Words},
                                   {say({"classpage.not-held"}), HtmlCells::Figures},
                                   {say({"classpage.why"}), HtmlCells::Words}},
                                  rows) +
                       "</div>\n";
    if (report_.submissions.size() > rows.size())
      html += html_paragraph(
          "note", say({"loadpage.left-out",
                       {{"count", std::to_string(report_.submissions.size() - rows.size())}}}));
    return html_card("submissions", "", say({"classpage.submissions"}), html);
  }

  std::string not_held(const CheckReport& check) const {
    std::string items;
    std::size_t count = 0;
    for (const ScenarioResult& result : check.results) {
      if (result.outcome != Outcome::Fail && result.outcome != Outcome::Warn) continue;
      if (count++ == kMostFailed) break;
      items += "<li>" +
               link(kCheckPage + ("#" + story_anchor(check, result)),
                    html_line(scenario_title(check, result))) +
               " <code>" + html_line(scenario_name(result)) + "</code></li>\n";
    }
    return html_card("failed", "", say({"classpage.not-held"}),
                     items.empty() ? "" : "<ul>\n" + items + "</ul>\n");
  }

  const GradeReport& report_;
  const Catalogue& known_;
  ClassSummary summary_;
};

}  // namespace

std::string class_html(const GradeReport& report, const Catalogue& known) {
  return ClassPages(report, known).overview();
}

std::string submission_html(const GradeReport& report, const Submission& submission,
                            const std::optional<CheckReport>& check) {
  return ClassPages(report, Catalogue()).one(submission, check);
}

}  // namespace sockspec::reports
