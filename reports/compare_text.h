// What a comparison of load runs found, for people.
#pragma once

#include <string>
#include <string_view>

#include "core/load/compare_runs.h"

namespace sockspec::reports {

// The figure of every run, and one sentence.
std::string compare_text(const load::RunComparison& compared, std::string_view lang);

}  // namespace sockspec::reports
