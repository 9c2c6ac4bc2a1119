// What a comparison of load runs found, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/load/compare_runs.h"

namespace sockspec::reports {

// The figure of every run, and one sentence.
std::string compare_text(const load::RunComparison& compared, std::string_view lang);

// What it comes to, and the runs of a side that say nothing: none where there are none.
Message compare_sentence(const load::RunComparison& compared);
std::vector<Message> compare_failures(const load::RunComparison& compared);

// A figure of one run, in the unit of the metric.
std::string compared_figure(const load::Metric& metric, double value);

}  // namespace sockspec::reports
