// compare_runs: two servers, or two versions of one, from the reports of their load runs.
//
// The unit is the run: a figure of each, never the requests within one (core/load/bootstrap.h says
// why). Runs that are not valid, or are of different load, are refused: no statistics mends them.
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/load/bootstrap.h"
#include "core/load/load_report.h"
#include "core/load/threshold.h"
#include "core/result.h"

namespace sockspec::load {

struct RunComparison {
  Metric metric;
  std::vector<double> a;  // the figure of each run in which replies came, in its unit
  std::vector<double> b;
  Comparison comparison;
  // Runs in which the server went away, broke connections, or gave wrong, late or no replies: how
  // fast the others were is worth nothing.
  std::size_t failed_in_a = 0;
  std::size_t failed_in_b = 0;
};

// A run with the name that messages use for it.
struct NamedRun {
  std::string name;
  const LoadReport* report = nullptr;
};

// Lower is better for latencies and errors, higher for the rate. Error: the name of the run, what
// is wrong with it, and what would be right.
Result<RunComparison> compare_runs(const std::vector<NamedRun>& a, const std::vector<NamedRun>& b,
                                   const Metric& metric, std::uint64_t seed);

// What is compared where nobody says: the rate of a closed loop, the response time at p99 of an
// open one.
Metric natural_metric(const LoadReport& report);

// "response.p99".
Result<Metric> parse_metric(std::string_view text);

}  // namespace sockspec::load
