#include "reports/html/check_head.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

#include "core/exit_codes.h"
#include "core/names.h"
#include "reports/diagnosis_text.h"
#include "reports/html/elements.h"
#include "reports/html/page.h"
#include "reports/html/result_list.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/verdict_sentence.h"

namespace sockspec::reports {
namespace {

// Bytes; a run stays far below them.
constexpr std::size_t kLine = 400;
constexpr std::size_t kCommand = 2000;
constexpr std::size_t kText = 8192;
// Numbers of things.
constexpr std::size_t kMostTroubles = 20;
constexpr std::size_t kMostFaults = 10;

std::string number(std::size_t value) { return std::to_string(value); }

std::string decimal(double value, const char* format) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::map<Standing, std::size_t> count_standings(const CheckReport& report) {
  std::map<Standing, std::size_t> counts;
  for (const ScenarioResult& result : report.results) ++counts[standing_of(report, result)];
  return counts;
}

const char* mood(const CheckReport& report) {
  if (report.exit_code == kHolds) return "good";
  return report.exit_code == kServerFailed ? "bad" : "open";
}

std::string text_of(const LocalizedText& text, const CheckReport& report) {
  return first_lines(text.in(report.lang), kText, report.lang);
}

// What is wrong and what to change on the left, the right lines on the right.
std::string fault(const CheckReport& report, const DiagnosedFault& found) {
  const std::string& lang = report.lang;
  std::string language;
  const std::string& code = example_for(report, found.fault, &language);
  const std::string label = render({"diagnosis.example", {{"language", language}}}, lang);
  std::string out = "<div class=\"remedy\">\n<div class=\"stack\">\n" +
                    html_element("p", text_of(found.fault.title, report), "lead") + "\n" +
                    html_paragraphs(text_of(found.fault.explanation, report)) +
                    html_element("h3", html_word("diagnosis.mend", lang), "mend") + "\n" +
                    html_paragraphs(text_of(found.fault.hint, report)) + "</div>\n";
  if (!code.empty()) {
    out += "<div class=\"stack\">\n" + html_element("h3", label) + "\n" +
           html_code(first_lines(code, kText, lang), label) + "</div>\n";
  }
  return out + "</div>\n";
}

// Where nothing is diagnosed, the first failure is the place to begin.
std::string begin_here(const CheckReport& report, const std::string& page) {
  for (const ScenarioResult& result : report.results) {
    if (!is_bad(result.outcome) || result.known) continue;
    std::string out = html_element("h3", html_word("html.begin-here", report.lang)) + "\n<p><a" +
                      html_attribute("href", page + "#" + story_anchor(report, result)) +
                      "><code>" + html_text(scenario_name(result)) + "</code> " +
                      html_text(scenario_title(report, result)) + "</a></p>\n" +
                      html_element("p", result_line(report, result)) + "\n";
    const std::string hint = text_of(result.hint, report);
    if (!hint.empty() && report.diagnosis.empty())
      out +=
          html_element("h3", html_word("console.why", report.lang)) + "\n" + html_paragraphs(hint);
    return out;
  }
  return {};
}

std::string fact(const std::string& name, const std::string& value, const char* css_class = "") {
  if (value.empty()) return {};
  const std::string open = *css_class ? "<div class=\"" + std::string(css_class) + "\">" : "<div>";
  return open + html_element("dt", name) + html_element("dd", value) + "</div>\n";
}

std::string command_line(const CheckReport& report) {
  std::string text;
  for (const std::string& word : report.command) {
    text += (text.empty() ? "" : " ") + shell_quoted(word);
    if (text.size() > kCommand) break;
  }
  return printable_line(text, kCommand);
}

// Outcomes by level: a failed must is not a failed should.
std::string level_table(const CheckReport& report) {
  std::map<std::pair<Level, Standing>, std::size_t> counts;
  for (const ScenarioResult& result : report.results)
    ++counts[{result.level, standing_of(report, result)}];
  const auto all = count_standings(report);
  if (all.empty()) return {};
  std::string out = "<div class=\"scroll\"><table class=\"data\">\n<caption>" +
                    html_text(html_word("html.by-level", report.lang)) +
                    "</caption>\n<thead><tr><th scope=\"col\">" +
                    html_text(html_word("formats.level", report.lang)) + "</th>";
  for (const Standing standing : kWorstFirst) {
    if (all.contains(standing))
      out += "<th scope=\"col\" class=\"number\">" +
             html_text(standing_word(standing, report.lang)) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const Named<Level>& level : names<Level>()) {
    std::string cells;
    std::size_t sum = 0;
    for (const Standing standing : kWorstFirst) {
      if (!all.contains(standing)) continue;
      const std::size_t count = counts[{level.value, standing}];
      sum += count;
      cells += html_element("td", number(count), "number");
    }
    if (sum > 0)
      out += "<tr><th scope=\"row\">" + html_text(level.name) + "</th>" + cells + "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

}  // namespace

std::string check_headline(const CheckReport& report) {
  const std::string sentence = verdict_sentence(report);
  if (!sentence.empty()) return sentence;
  const auto troubles = troubles_of(report);
  if (!troubles.empty()) return troubles.front().text;
  return render({"formats.exit-code", {{"code", std::to_string(report.exit_code)}}}, report.lang);
}

std::string check_head(const CheckReport& report) {
  const Message what{"console.header",
                     {{"version", printable_line(report.tool_version, kLine)},
                      {"profile", printable_line(report.profile.id, kLine)},
                      {"target", printable_line(server_text(report.target), kLine)}}};
  std::string out = "<header class=\"top " + std::string(mood(report)) + "\">\n" +
                    html_element("p", render(what, report.lang), "what") + "\n" +
                    html_element("h1", check_headline(report)) + "\n<ul class=\"counts\">\n";
  const auto counts = count_standings(report);
  for (const Standing standing : kWorstFirst) {
    const auto found = counts.find(standing);
    if (found == counts.end()) continue;
    out += "<li><a class=\"badge " + std::string(name_of(standing)) + "\" href=\"#" +
           standing_anchor(standing) + "\">" +
           html_text(standing_count(standing, found->second, report.lang)) + "</a></li>\n";
  }
  return out + "<li><a href=\"#facts\">" + html_text(html_word("html.facts", report.lang)) +
         "</a></li>\n</ul>\n</header>\n";
}

std::string check_troubles(const CheckReport& report) {
  std::string out;
  std::vector<RunTrouble> troubles = troubles_of(report);
  const std::size_t more = troubles.size() - std::min(troubles.size(), kMostTroubles);
  troubles.resize(troubles.size() - more);
  for (const RunTrouble& trouble : troubles) {
    out += html_element("p", trouble.text, "lead") + "\n";
    if (!trouble.details.empty()) out += html_code(trouble.details, trouble.name);
  }
  if (more > 0) {
    const Message left{"line.omitted", {{"count", number(more)}}};
    out += html_element("p", render(left, report.lang), "note") + "\n";
  }
  const bool warned =
      std::any_of(report.results.begin(), report.results.end(),
                  [](const ScenarioResult& result) { return result.outcome == Outcome::Warn; });
  if (report.strict && warned)
    out += html_element("p", html_word("console.only-warnings", report.lang)) + "\n";
  if (out.empty()) return {};
  return "<section class=\"card open\" aria-labelledby=\"run\">\n<h2 id=\"run\">" +
         html_text(html_word("html.about-run", report.lang)) + "</h2>\n" + out + "</section>\n";
}

std::string check_diagnosis(const CheckReport& report, const std::string& page) {
  const bool bad = std::any_of(report.results.begin(), report.results.end(),
                               [](const auto& r) { return is_bad(r.outcome) && !r.known; });
  if (!bad) return {};
  const std::string& lang = report.lang;
  const bool known = !report.diagnosis.empty();
  const std::string headline = known ? printable_line(diagnosis_headline(report), kLine)
                                     : html_word("html.no-diagnosis", lang);
  std::string out =
      "<section class=\"card bad\" aria-labelledby=\"diagnosis\">\n<h2 "
      "id=\"diagnosis\">" +
      html_text(headline) + "</h2>\n";
  std::string rivals;
  for (std::size_t i = 0; i < std::min(report.diagnosis.size(), kMostFaults); ++i) {
    const DiagnosedFault& found = report.diagnosis[i];
    if (i == 0 || found.beside) {
      out += fault(report, found);
      continue;
    }
    const Message rival{"diagnosis.rival",
                        {{"fault", printable_line(found.fault.name, kLine)},
                         {"percent", decimal(found.confidence * 100, "%.0f")},
                         {"title", printable_line(found.fault.title.in(lang), kLine)}}};
    rivals += html_element("li", render(rival, lang)) + "\n";
  }
  if (!rivals.empty()) out += "<ul class=\"rivals\">\n" + rivals + "</ul>\n";
  if (report.holds_instead) {
    out += html_element("p", printable_line(render(report.holds_instead->what, lang), kCommand)) +
           "\n";
  }
  out += begin_here(report, page);
  return out + html_element("p", axes_text(report), "note") + "\n</section>\n";
}

std::string check_facts(const CheckReport& report) {
  const std::string& lang = report.lang;
  const auto word = [&](const char* id) { return html_word(id, lang); };
  const std::string processors =
      render({"html.processors", {{"count", number(report.cpus)}}}, lang);
  std::string machine = report.os;
  for (const std::string& part : {report.kernel, processors})
    machine += (machine.empty() ? "" : ", ") + part;
  std::string out = "<section class=\"card\" aria-labelledby=\"facts\">\n<h2 id=\"facts\">" +
                    html_text(word("html.facts")) + "</h2>\n<dl class=\"facts\">\n";
  out += fact(word("html.profile"), printable_line(report.profile.id, kLine));
  out += fact(word("html.score"),
              render({"html.of-hundred", {{"score", decimal(score_of(report), "%.1f")}}}, lang));
  out += fact(word("html.seed"), number(report.seed));
  out += fact(word("html.duration"),
              decimal(std::chrono::duration<double>(report.duration).count(), "%.1f s"));
  out += fact(word("html.started"), printable_line(report.started_at, kLine));
  out += fact(word("html.scale"), decimal(report.environment.scale, "%g"));
  out += fact(word("html.machine"), printable_line(machine, kLine));
  out += fact(word("html.target"), printable_line(server_text(report.target), kCommand), "wide");
  out += "</dl>\n" + level_table(report);
  out += html_element("h3", word("html.command")) + "\n" +
         html_code(command_line(report), word("html.command"), Lines::Wrap);
  return out + "</section>\n";
}

}  // namespace sockspec::reports
