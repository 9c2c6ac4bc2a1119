#include "reports/html/load_compare_page.h"

#include <algorithm>
#include <cmath>

#include "reports/compare_text.h"
#include "reports/html/axis.h"
#include "reports/html/chart_figure.h"
#include "reports/html/html_parts.h"
#include "reports/html/page.h"
#include "reports/load_sentences.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

using load::RunComparison;

constexpr std::size_t kMostRuns = 1000;

class ComparePage {
 public:
  ComparePage(const RunComparison& compared, std::string_view lang)
      : compared_(compared), lang_(lang), runs_(std::max(compared.a.size(), compared.b.size())) {}

  std::string write() const {
    HtmlPage page;
    page.lang = lang_;
    page.title = say({"comparepage.title", {{"metric", text(compared_.metric)}}});
    page.charts = runs_ > 0;
    page.body = top(page.title);
    if (runs_ > 0)
      page.body +=
          html_card("runs", "", say({"comparepage.runs"}),
                    "<div class=\"charts\">\n" + chart_figure(chart(), lang_) + "</div>\n" +
                        table() + html_paragraph("note", say({"comparepage.unit"})));
    return html_page(page);
  }

 private:
  std::string say(const Message& message) const { return render(message, lang_); }
  std::string figure(double value) const { return compared_figure(compared_.metric, value); }

  std::string top(const std::string& title) const {
    const std::vector<Message> failures = compare_failures(compared_);
    const load::Comparison& found = compared_.comparison;
    const char* const kind = !failures.empty() || found.finding == load::Finding::Slower ? "bad"
                             : found.finding == load::Finding::Faster                    ? "good"
                                                                                         : "open";
    std::string out = "<header class=\"top stack " + std::string(kind) + "\">\n" +
                      html_paragraph("what", title) + "<h1>" +
                      html_line(say(compare_sentence(compared_))) + "</h1>\n";
    for (const Message& failure : failures) out += html_paragraph("lead", say(failure));
    return out + "</header>\n";
  }

  Curve curve(const char* name, std::size_t look, const std::vector<double>& figures) const {
    Curve curve{name, look, {}};
    for (std::size_t i = 0; i < std::min(figures.size(), kMostRuns); ++i)
      curve.points.push_back(
          {static_cast<double>(i + 1), figures[i],
           say({"comparepage.run", {{"number", grouped(i + 1)}}}) + ": " + figure(figures[i])});
    return curve;
  }

  Chart chart() const {
    double highest = 0;
    for (const std::vector<double>* const side : {&compared_.a, &compared_.b}) {
      for (const double value : *side) highest = std::max(highest, value);
    }
    Chart chart;
    chart.id = "chart-runs";
    chart.title = text(compared_.metric);
    chart.description = say({"comparepage.runs-text"});
    chart.x = time_axis(say({"comparepage.run-number"}),
                        static_cast<double>(std::min(runs_, kMostRuns)), 8, [](double run) {
                          return run < 1 || run != std::floor(run)
                                     ? std::string()
                                     : grouped(static_cast<std::uint64_t>(run));
                        });
    chart.y = linear_axis(chart.title, highest, 6, [this](double value) { return figure(value); });
    chart.curves = {curve("A", 0, compared_.a), curve("B", 1, compared_.b)};
    return chart;
  }

  std::string table() const {
    std::vector<std::vector<std::string>> rows;
    const auto cell = [this](const std::vector<double>& figures, std::size_t run) {
      return run < figures.size() ? html_text(figure(figures[run])) : std::string("–");
    };
    for (std::size_t run = 0; run < std::min(runs_, kMostRuns); ++run)
      rows.push_back({grouped(run + 1), cell(compared_.a, run), cell(compared_.b, run)});
    return html_table(say({"comparepage.runs"}),
                      {{say({"comparepage.run-number"}), HtmlCells::Figures},
                       {"A", HtmlCells::Figures},
                       {"B", HtmlCells::Figures}},
                      rows);
  }

  const RunComparison& compared_;
  std::string lang_;
  std::size_t runs_;
};

}  // namespace

std::string load_compare_html(const RunComparison& compared, std::string_view lang) {
  return ComparePage(compared, lang).write();
}

}  // namespace sockspec::reports
