#include "cli/comparison.h"

#include "cli/exit_code.h"
#include "reports/compare_json.h"
#include "reports/compare_text.h"
#include "reports/html/load_compare_page.h"

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
  return publish(
      options.files, reports::compare_text(*compared, options.lang),
      [&] { return reports::comparison_to_json(*compared, a, b, exit_code); },
      [&] { return reports::load_compare_html(*compared, options.lang); }, exit_code);
}

}  // namespace sockspec::cli
