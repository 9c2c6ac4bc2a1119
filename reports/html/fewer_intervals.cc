#include "reports/html/fewer_intervals.h"

#include <algorithm>

namespace sockspec::reports {
namespace {

void raise(std::optional<Duration>& highest, const std::optional<Duration>& other) {
  if (other && (!highest || *other > *highest)) highest = other;
}

void join(load::Interval& all, const load::Interval& next) {
  all.length += next.length;
  all.sent += next.sent;
  all.answered += next.answered;
  all.errors += next.errors;
  raise(all.p50, next.p50);
  raise(all.p99, next.p99);
  raise(all.max, next.max);
}

}  // namespace

FewerIntervals fewer_intervals(const std::vector<load::Interval>& intervals, std::size_t most) {
  most = std::max<std::size_t>(most, 1);
  FewerIntervals fewer;
  fewer.joined = std::max<std::size_t>(1, (intervals.size() + most - 1) / most);
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    const bool last_is_short =
        i > 0 && i + 1 == intervals.size() && intervals[i].length < intervals.front().length / 2;
    if (i % fewer.joined == 0 && !last_is_short)
      fewer.intervals.push_back(intervals[i]);
    else
      join(fewer.intervals.back(), intervals[i]);
  }
  return fewer;
}

}  // namespace sockspec::reports
