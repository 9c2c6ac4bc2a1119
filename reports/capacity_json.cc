#include "reports/capacity_json.h"

#include "reports/report_fields.h"

namespace sockspec::reports {
namespace {

using scenario::Json;
using scenario::Reader;

std::optional<double> figure_or_null(const Reader& in) {
  if (in.json().is_null()) return std::nullopt;
  return real_from_json(in);
}

}  // namespace

Json capacity_to_json(const load::CapacitySearch& search) {
  Json json;
  json["objective"] = load::text(search.objective);
  json["found"] = name_of(search.result.kind);
  json["low"] = search.result.low;
  json["high"] = nullable(search.result.high);
  Json& trials = json["trials"] = Json::array();
  for (const load::Trial& trial : search.trials) {
    trials.push_back({{"rate", trial.rate},
                      {"outcome", name_of(trial.outcome)},
                      {"figure", nullable(trial.figure)}});
  }
  return json;
}

load::CapacitySearch capacity_from_json(const Reader& in) {
  load::CapacitySearch search;
  const Reader text = in.at("objective");
  const Result<load::Threshold> objective = load::parse_threshold(text.text());
  if (!objective) return text.error(objective.error().text), search;
  search.objective = *objective;
  search.result.kind = in.at("found").named<load::Capacity::Kind>();
  search.result.low = real_from_json(in.at("low"));
  search.result.high = figure_or_null(in.at("high"));
  for (const Reader& item : in.at("trials").items()) {
    search.trials.push_back({real_from_json(item.at("rate")),
                             item.at("outcome").named<load::TrialOutcome>(),
                             figure_or_null(item.at("figure"))});
  }
  return search;
}

}  // namespace sockspec::reports
