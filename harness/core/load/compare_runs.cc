#include "core/load/compare_runs.h"

#include <algorithm>
#include <utility>

#include "core/load/load_judge.h"
#include "core/load/same_load.h"
#include "core/nearest.h"

namespace sockspec::load {
namespace {

Better better(const Metric& metric) {
  const MetricKind kind = kind_of(metric);
  return kind == MetricKind::Rate || kind == MetricKind::Percent ? Better::Higher : Better::Lower;
}

Result<std::vector<double>> figures_of(const std::vector<NamedRun>& runs, const NamedRun& first,
                                       const Metric& metric) {
  std::vector<double> figures;
  for (const NamedRun& run : runs) {
    if (run.report->invalid) {
      return Error{ErrorKind::Harness, run.name +
                                           ": the run is not valid, so its figures say nothing; "
                                           "repeat it on a quieter machine or at a lower rate"};
    }
    if (const std::string what = difference(first.report->plan, run.report->plan); !what.empty()) {
      return usage_error(run.name + ": " + what + " differs from that of " + first.name +
                         "; only runs of the same load can be compared");
    }
    const std::optional<double> figure = figure_of(*run.report, metric);
    if (figure) figures.push_back(*figure);
  }
  return figures;
}

}  // namespace

Metric natural_metric(const LoadReport& report) {
  if (report.plan.open_loop()) return LatencyMetric{Series::Response, Statistic::P99};
  return AchievedRate{};
}

Result<Metric> parse_metric(std::string_view name) {
  std::vector<std::string> known;
  for (const Metric& metric : metrics()) {
    known.push_back(text(metric));
    if (known.back() == name) return metric;
  }
  return usage_error("--metric \"" + std::string(name) + "\": there is no such figure" +
                     did_you_mean(std::string(name), known) +
                     " (such as response.p99, rate or errors)");
}

Result<RunComparison> compare_runs(const std::vector<NamedRun>& a, const std::vector<NamedRun>& b,
                                   const Metric& metric, std::uint64_t seed) {
  if (a.empty() || b.empty()) return usage_error("there is nothing to compare with");
  Result<std::vector<double>> of_a = figures_of(a, a.front(), metric);
  if (!of_a) return of_a.error();
  Result<std::vector<double>> of_b = figures_of(b, a.front(), metric);
  if (!of_b) return of_b.error();
  RunComparison result;
  result.metric = metric;
  result.a = std::move(*of_a);
  result.b = std::move(*of_b);
  const auto failed = [](const NamedRun& run) { return server_failed(*run.report); };
  result.failed_in_a = static_cast<std::size_t>(std::count_if(a.begin(), a.end(), failed));
  result.failed_in_b = static_cast<std::size_t>(std::count_if(b.begin(), b.end(), failed));
  result.comparison = compare(result.a, result.b, better(metric), seed);
  return result;
}

}  // namespace sockspec::load
