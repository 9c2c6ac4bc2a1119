#include "cli/comparison.h"

#include <cstdio>

#include "cli/exit_code.h"
#include "reports/compare_json.h"
#include "reports/compare_text.h"
#include "reports/write_file.h"

namespace sockspec::cli {
namespace {

int exit_code_of(const load::RunComparison& compared, int interrupted_by) {
  if (interrupted_by != 0) return kSignalBase + interrupted_by;
  if (compared.failed_in_b > 0) return kServerFailed;
  switch (compared.comparison.finding) {
    case load::Finding::Faster: return kHolds;
    case load::Finding::Slower: return kServerFailed;
    case load::Finding::Inconclusive: break;
  }
  return kInconclusive;
}

}  // namespace

Result<int> publish_comparison(const std::vector<load::NamedRun>& a,
                               const std::vector<load::NamedRun>& b,
                               const ComparisonOptions& options) {
  const load::Metric metric = options.metric.value_or(natural_metric(*a.front().report));
  const Result<load::RunComparison> compared = load::compare_runs(a, b, metric, options.seed);
  if (!compared) return compared.error();
  const int exit_code = exit_code_of(*compared, options.interrupted_by);
  if (options.json_file != "-")
    std::fputs(reports::compare_text(*compared, options.lang).c_str(), stdout);
  if (options.json_file.empty()) return exit_code;
  const auto written = reports::write_file(options.json_file,
                                           reports::comparison_to_json(*compared, a, b, exit_code));
  if (!written) return written.error();
  return exit_code;
}

}  // namespace sockspec::cli
