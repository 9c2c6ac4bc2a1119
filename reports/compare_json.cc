#include "reports/compare_json.h"

#include "reports/load_json.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

Json runs_to_json(const std::vector<load::NamedRun>& runs, const std::vector<double>& figures) {
  Json json = Json::array();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    Json run;
    run["name"] = runs[i].name;
    run["figure"] = figures[i];
    run["report"] = Json::parse(load_report_to_json(*runs[i].report), nullptr, false);
    json.push_back(std::move(run));
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
  json["wrong_replies"] = {{"a", compared.wrong_in_a}, {"b", compared.wrong_in_b}};
  json["a"] = runs_to_json(runs_a, compared.a);
  json["b"] = runs_to_json(runs_b, compared.b);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
