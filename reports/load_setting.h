// What a load run was asked to do, and the figures of its thresholds, in words; for every format
// that people read.
#pragma once

#include <string>
#include <string_view>

#include "core/load/load_report.h"

namespace sockspec::reports {

// "open loop, constant, 2,000 requests per second; connections 64, size 64 B, 5.00 s, …"
std::string load_setting(const load::LoadReport& report);

// "ramp 1k..5k/s"
std::string stage_name(const load::Arrivals& stage);

// What was measured, in the unit of its metric.
std::string threshold_figure(const load::ThresholdResult& result, std::string_view lang);

}  // namespace sockspec::reports
