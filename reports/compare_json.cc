#include "reports/compare_json.h"

#include "reports/load_json.h"
#include "reports/report_fields.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

Json runs_to_json(const std::vector<load::NamedRun>& runs, const load::Metric& metric) {
  Json json = Json::array();
  for (const load::NamedRun& run : runs) {
    Json one;
    one["name"] = run.name;
    one["figure"] = nullable(load::figure_of(*run.report, metric));
    one["report"] = Json::parse(load_report_to_json(*run.report), nullptr, false);
    json.push_back(std::move(one));
  }
  return json;
}

}  // namespace

std::string comparison_to_json(const load::RunComparison& compared,
                               const std::vector<load::NamedRun>& runs_a,
                               const std::vector<load::NamedRun>& runs_b, int exit_code) {
  const load::Comparison& found = compared.comparison;
  Json json;
  json["schema"] = "sockspec/load-compare/1";
  json["metric"] = text(compared.metric);
  json["finding"] = name_of(found.finding);
  json["exit_code"] = exit_code;
  json["ratio"] = Json();
  if (found.ratio) {
    json["ratio"] = {
        {"value", found.ratio->value}, {"low", found.ratio->low}, {"high", found.ratio->high}};
  }
  json["p_value"] = found.p_value;
  json["exact"] = found.exact;
  json["failed_runs"] = {{"a", compared.failed_in_a}, {"b", compared.failed_in_b}};
  json["a"] = runs_to_json(runs_a, compared.metric);
  json["b"] = runs_to_json(runs_b, compared.metric);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
