// The seconds of a long run as few enough rows or points that a page stays small. Pure, for any
// thread.
#pragma once

#include <cstddef>
#include <vector>

#include "core/load/load_report.h"

namespace sockspec::reports {

struct FewerIntervals {
  std::vector<load::Interval> intervals;
  std::size_t joined = 1;  // how many of the report's one of them stands for
};

// At most `most`, which is at least 1, by joining neighbours: counts are added, and of percentiles,
// which cannot be added, the highest is kept. A last interval that is less than half as long as the
// first joins the one before it: a rate over so short a time says nothing.
FewerIntervals fewer_intervals(const std::vector<load::Interval>& intervals, std::size_t most);

}  // namespace sockspec::reports
