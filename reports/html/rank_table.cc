#include "reports/html/rank_table.h"

#include <vector>

#include "core/load/rank_figures.h"
#include "core/load/tag.h"
#include "reports/html/html_parts.h"
#include "reports/html/page.h"
#include "reports/load_sentences.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;
using load::RankFigures;

constexpr std::size_t kMostRows = load::kMostShards;

std::string say(const LoadReport& report, const Message& message) {
  return render(message, report.lang);
}

std::string time(const std::optional<Duration>& figure) {
  return html_text(figure ? latency_text(*figure) : "–");
}

std::vector<std::string> row(const RankFigures& rank) {
  return {grouped(rank.rank),
          html_line(rank.host.empty() ? "–" : rank.host),
          grouped(rank.connections),
          grouped(rank.ok),
          grouped(rank.errors),
          time(rank.response_p99),
          time(rank.lag_p99),
          html_text(percent_text(rank.adherence) + " %"),
          html_text(percent_text(100 * rank.busiest) + " %"),
          html_text(latency_text(rank.cpu))};
}

}  // namespace

std::string rank_table(const LoadReport& report) {
  if (report.ranks.size() < 2) return {};
  const auto figures = [&](const char* id) {
    return HtmlColumn{say(report, {id}), HtmlCells::Figures};
  };
  std::vector<std::vector<std::string>> rows;
  for (const RankFigures& rank : report.ranks) {
    if (rows.size() == kMostRows) break;
    rows.push_back(row(rank));
  }
  std::string html =
      html_table(say(report, {"loadpage.ranks"}),
                 {{say(report, {"loadpage.rank"})},
                  {say(report, {"loadpage.host"})},
                  figures("loadpage.rank-connections"),
                  figures("loadpage.rate"),
                  figures("loadpage.errors"),
                  {say(report, {"loadpage.response", {{"percentile", "p99"}}}), HtmlCells::Figures},
                  {say(report, {"loadpage.rank-lag"}), HtmlCells::Figures},
                  figures("loadpage.on-time"),
                  figures("loadpage.busiest"),
                  figures("loadpage.cpu")},
                 rows);
  if (report.ranks.size() > kMostRows) {
    html += html_paragraph(
        "note",
        say(report, {"loadpage.left-out", {{"count", grouped(report.ranks.size() - kMostRows)}}}));
  }
  if (const auto skew = load::start_skew(report.ranks)) {
    html += html_paragraph(
        "note",
        say(report,
            {"load.common-start",
             {{"skew", latency_text(*skew)},
              {"overlap", latency_text(load::overlap(report.ranks).value_or(Duration{}))}}}));
  }
  return html;
}

}  // namespace sockspec::reports
