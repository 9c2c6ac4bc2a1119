// A comparison of load runs, as `sockspec compare` and `sockspec load --ab` end it.
#pragma once

#include <string>
#include <vector>

#include "cli/load_reports.h"
#include "core/load/compare_runs.h"
#include "core/result.h"

namespace sockspec::cli {

struct ComparisonOptions {
  std::optional<load::Metric> metric;  // else the natural one of the load
  std::uint64_t seed = 1;
  std::string lang;
  LoadFiles files;
  int interrupted_by = 0;  // by this signal, before all runs were made
};

// Compares, shows, writes, and returns the exit code: 0 B is faster, 1 it is slower or failed,
// 5 that cannot be told.
Result<int> publish_comparison(const std::vector<load::NamedRun>& a,
                               const std::vector<load::NamedRun>& b,
                               const ComparisonOptions& options);

}  // namespace sockspec::cli
