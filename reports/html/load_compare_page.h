// The comparison of load runs (--ab, and compare of saved reports) as one HTML file.
#pragma once

#include <string>
#include <string_view>

#include "core/load/compare_runs.h"

namespace sockspec::reports {

std::string load_compare_html(const load::RunComparison& compared, std::string_view lang);

}  // namespace sockspec::reports
