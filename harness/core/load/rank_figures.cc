#include "core/load/rank_figures.h"

#include <algorithm>

namespace sockspec::load {

RankFigures rank_figures(const LoadReport& report) {
  const Tally& total = report.total;
  RankFigures figures;
  figures.rank = report.plan.shard.index;
  figures.connections = report.plan.connections;
  figures.due = total.requests.due;
  figures.sent = total.requests.sent;
  figures.answered = total.requests.answered;
  figures.ok = total.verdicts[ReplyVerdict::Ok];
  figures.errors = total.verdicts.errors();
  figures.adherence = adherence(report);
  figures.response_p99 = total.latency.response.at_percentile(99);
  figures.lag_p99 = total.latency.lag.at_percentile(99);
  figures.cpu = report.generator.cpu;
  figures.busiest = report.generator.busiest;
  figures.length = report.duration;
  return figures;
}

std::optional<Duration> start_skew(const std::vector<RankFigures>& ranks) {
  if (ranks.empty()) return std::nullopt;
  Duration first = Duration::max();
  Duration last = Duration::min();
  for (const RankFigures& rank : ranks) {
    if (!rank.start) return std::nullopt;
    first = std::min(first, *rank.start);
    last = std::max(last, *rank.start);
  }
  return last - first;
}

std::optional<Duration> overlap(const std::vector<RankFigures>& ranks) {
  if (!start_skew(ranks)) return std::nullopt;
  Duration begin = Duration::min();
  Duration end = Duration::max();
  for (const RankFigures& rank : ranks) {
    begin = std::max(begin, *rank.start);
    end = std::min(end, rank.length);  // the deadline is the same for all, however late they began
  }
  return std::max(end - begin, Duration::zero());
}

}  // namespace sockspec::load
