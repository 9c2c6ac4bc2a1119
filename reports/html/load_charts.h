// The pictures of a load report. Pure, for any thread.
#pragma once

#include <vector>

#include "core/load/load_report.h"
#include "reports/html/chart.h"

namespace sockspec::reports {

inline constexpr std::size_t kMostPoints = 600;  // of a curve over time

// Rate over time, latency over time, latency by percentile; without those for which nothing was
// measured. Texts are in the language of the report.
std::vector<Chart> load_charts(const load::LoadReport& report);

}  // namespace sockspec::reports
