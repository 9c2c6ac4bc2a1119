#include "reports/html/load_page.h"

#include <algorithm>

#include "core/load/load_judge.h"
#include "core/names.h"
#include "reports/difference_text.h"
#include "reports/html/chart_figure.h"
#include "reports/html/html_parts.h"
#include "reports/html/load_charts.h"
#include "reports/html/load_tables.h"
#include "reports/html/page.h"
#include "reports/html/rank_table.h"
#include "reports/load_sentences.h"
#include "reports/load_setting.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;
using load::ReplyVerdict;

constexpr std::size_t kMostOfAnOutput = 8000;
constexpr std::size_t kMostOfAnExcerpt = 160;
constexpr std::size_t kMostWarnings = 50;
constexpr double kGoodAdherence = 99.9;  // percent; below it there is a warning

// The bytes around the place that differs.
Difference excerpt_of(const load::Example& example) {
  Difference difference{example.offset, example.window_offset, example.expected, example.received};
  difference.offset = std::max(difference.offset, difference.window_offset);
  const std::size_t mark = difference.offset - difference.window_offset;
  const std::size_t start =
      std::min(mark > kMostOfAnExcerpt / 2 ? mark - kMostOfAnExcerpt / 2 : 0,
               std::max(difference.expected.size(), difference.received.size()));
  for (std::string* const bytes : {&difference.expected, &difference.received})
    *bytes = bytes->substr(std::min(start, bytes->size()), kMostOfAnExcerpt);
  difference.window_offset += start;
  return difference;
}

class LoadPage {
 public:
  explicit LoadPage(const LoadReport& report) : report_(report) {}

  std::string write() {
    HtmlPage page;
    page.lang = report_.lang;
    page.title = say(header());
    page.body = top() + trust();
    card("loadpage.thresholds", missed() ? "bad" : "", threshold_table(report_));
    card("loadpage.wrong", "bad", gone());
    card("loadpage.search", "", trial_table(report_));
    const std::vector<Chart> charts = load_charts(report_);
    std::string figures;
    for (const Chart& chart : charts) figures += chart_figure(chart, report_.lang);
    page.charts = !charts.empty();
    card("loadpage.curves", "",
         figures.empty() ? "" : "<div class=\"charts\">\n" + figures + "</div>\n");
    card("loadpage.latencies", "",
         latency_table(report_) + html_paragraph("note", say({"loadpage.two-latencies"})));
    card("loadpage.replies", report_.total.verdicts.errors() > 0 ? "bad" : "",
         verdict_table(report_));
    card("loadpage.examples", "bad", examples());
    card("loadpage.stages", "", stage_table(report_));
    card("loadpage.beside", load::failed_beside(report_) ? "bad" : "", beside_table(report_));
    card("loadpage.ranks", "", rank_table(report_));
    card("loadpage.generator", report_.invalid ? "open" : "",
         html_paragraph("", answered() ? say(bottleneck_sentence(report_)) : "") +
             generator_facts(report_));
    card("loadpage.server", "", server_facts(report_));
    card("loadpage.connections", "", connection_facts(report_));
    card("loadpage.seconds", "", folded("loadpage.show-seconds", second_table(report_)));
    card("loadpage.machine", "", machine_facts(report_));
    page.body += body_;
    return html_page(page);
  }

 private:
  std::string say(const Message& message) const { return render(message, report_.lang); }
  bool answered() const { return report_.total.requests.answered > 0; }

  bool missed() const {
    return std::any_of(report_.thresholds.begin(), report_.thresholds.end(),
                       [](const load::ThresholdResult& result) { return !result.holds; });
  }

  // Its id is the last part of the message with its heading.
  void card(const std::string& heading, std::string_view kind, const std::string& html) {
    body_ += html_card(heading.substr(heading.find('.') + 1), kind, say({heading}), html);
  }

  std::string folded(const char* summary, const std::string& html) const {
    if (html.empty()) return {};
    return "<details><summary>" + html_text(say({summary})) + "</summary>\n" + html +
           "</details>\n";
  }

  Message header() const {
    return {"load.header",
            {{"version", printable_line(report_.tool_version, 40)},
             {"profile", printable_line(report_.plan.profile.id, 100)},
             {"server", printable_line(server_text(report_.target), 300)}}};
  }

  // The verdict, what was done, and the figures that people look for first.
  std::string top() const {
    const bool failed =
        report_.exit_code == 1 || report_.exit_code == 3 || load::certain_faults(report_) > 0;
    const char* const kind = report_.exit_code == 0 ? "good" : failed ? "bad" : "open";
    std::string out = "<header class=\"top stack " + std::string(kind) + "\">\n" +
                      html_paragraph("what", say(header())) + "<h1>" +
                      html_line(say(conclusion(report_))) + "</h1>\n" +
                      html_paragraph("soft", load_setting(report_));
    if (!answered()) return out + "</header>\n";
    std::vector<std::pair<std::string, std::string>> facts;
    const auto add = [&](const std::string& name, const std::string& text) {
      facts.emplace_back(name, "<strong>" + html_text(text) + "</strong>");
    };
    add(say({"loadpage.rate"}), rate_text(load::achieved_rate(report_)) + "/s");
    if (const auto offered = load::offered_rate(report_))
      add(say({"loadpage.offered"}), rate_text(*offered) + "/s");
    const load::Histogram& response = report_.total.latency.response;
    if (response.count() > 0) {
      for (const auto& [name, percent] : {std::pair{"p50", 50.0}, {"p99", 99.0}, {"p99.9", 99.9}})
        add(say({"loadpage.response", {{"percentile", name}}}),
            latency_text(*response.at_percentile(percent)));
    }
    add(say({"loadpage.errors"}), grouped(load::faults(report_)));
    return out + html_facts(facts) + "</header>\n";
  }

  std::string trust() const {
    Message answer{"loadpage.trust-yes"};
    std::string kind;
    const bool late = report_.plan.open_loop() && load::adherence(report_) < kGoodAdherence;
    if (report_.invalid) {
      answer = {load::certain_faults(report_) > 0 ? "loadpage.trust-wrong" : "loadpage.trust-no"};
      kind = "open";
    } else if (!answered()) {
      answer = {"loadpage.trust-nothing"};
      kind = "open";
    } else if (!report_.warnings.empty() || late || report_.interrupted_by != 0) {
      answer = {"loadpage.trust-care"};
    } else if (report_.plan.validate == load::Validate::None) {
      answer = {"loadpage.trust-unchecked"};
    }
    std::string html = html_paragraph("lead", say(answer));
    if (report_.invalid)
      html += html_paragraph("", say({"console.invalid", {{"why", say(*report_.invalid)}}}));
    if (report_.interrupted_by != 0) {
      html += html_paragraph(
          "", say({"load.interrupted", {{"signal", std::to_string(report_.interrupted_by)}}}));
    }
    if (answered()) html += html_paragraph("", say(bottleneck_sentence(report_)));
    std::string warnings;
    for (std::size_t i = 0; i < std::min(report_.warnings.size(), kMostWarnings); ++i)
      warnings += "<li>" + html_line(say({"load.warning", {{"what", say(report_.warnings[i])}}})) +
                  "</li>\n";
    if (!warnings.empty()) html += "<ul>\n" + warnings + "</ul>\n";
    return html_card("trust", kind, say({"loadpage.trust"}), html);
  }

  // A server that did not live to the end.
  std::string gone() const {
    if (!report_.server_gone) return {};
    std::string html =
        html_paragraph("lead", say({"load.server-gone", {{"how", say(*report_.server_gone)}}}));
    if (!report_.server_output.empty()) {
      html += html_paragraph("label", say({"loadpage.server-output"})) + "<pre tabindex=\"0\"" +
              html_attribute("aria-label", say({"loadpage.server-output"})) + ">" +
              html_text(last_lines(report_.server_output, kMostOfAnOutput, report_.lang)) +
              "</pre>\n";
    }
    return html;
  }

  // The first few of each verdict; why they come stands in the table above.
  std::string examples() const {
    std::string html;
    for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
      std::size_t shown = 0;
      std::string of_this;
      for (const load::Example& example : report_.examples) {
        if (example.verdict != entry.value || shown == load::kMostExamples) continue;
        of_this += one_example(example, shown++ == 0);
      }
      if (shown > 0) {
        html += "<h3>" + html_text(say(verdict_words(entry.value))) + "</h3>\n" +
                html_paragraph("", say({"load.why", {{"what", say(usual_reason(entry.value))}}})) +
                of_this;
      }
    }
    return html;
  }

  std::string one_example(const load::Example& example, bool open) const {
    const bool has_bytes = !example.expected.empty() || !example.received.empty();
    const std::string title = say({has_bytes ? "load.example-bytes" : "load.example",
                                   {{"verdict", say(verdict_words(example.verdict))},
                                    {"connection", std::to_string(example.connection)},
                                    {"request", std::to_string(example.request)},
                                    {"after", latency_text(example.at)},
                                    {"offset", std::to_string(example.offset)}}});
    if (!has_bytes) return html_paragraph("", title);
    return "<details" + std::string(open ? " open" : "") + "><summary>" + html_line(title) +
           "</summary>\n<pre tabindex=\"0\"" + html_attribute("aria-label", title) + ">" +
           html_text(difference_text(excerpt_of(example), Style{}, report_.lang, 0)) +
           "</pre></details>\n";
  }

  const LoadReport& report_;
  std::string body_;
};

}  // namespace

std::string load_html(const LoadReport& report) { return LoadPage(report).write(); }

}  // namespace sockspec::reports
