#include "reports/check_compare_json.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "core/names.h"
#include "reports/check_json.h"
#include "reports/report_fields.h"
#include "reports/transcript_json.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

double rounded(double value, double parts) { return std::round(value * parts) / parts; }

Json title_to_json(const LocalizedText& title) {
  Json json;
  json["en"] = title.en;
  if (!title.ko.empty()) json["ko"] = title.ko;
  return json;
}

Json side_to_json(const CheckReport& report, const std::string& file, const std::string& lang) {
  Json json;
  json["file"] = file;
  json["started_at"] = report.started_at;
  json["tool_version"] = report.tool_version;
  json["profile"] = report.profile.id;
  json["target"] = target_to_json(report.target);
  json["seed"] = report.seed;
  json["strict"] = report.strict;
  json["exit_code"] = report.exit_code;
  json["score"] = rounded(score_of(report), 10);
  json["duration_ms"] = in_ms(report.duration);
  if (report.interrupted_by != 0) json["interrupted_by"] = report.interrupted_by;
  if (report.invalid) json["invalid"] = message_to_json(*report.invalid, lang);
  Json& diagnosis = json["diagnosis"] = Json::array();
  for (const DiagnosedFault& found : report.diagnosis) {
    diagnosis.push_back({{"fault", found.fault.name},
                         {"confidence", rounded(found.confidence, 100)},
                         {"title", title_to_json(found.fault.title)}});
  }
  return json;
}

// Null for a scenario that the report does not have.
Json result_to_json(const ScenarioResult* result, const std::string& lang) {
  if (!result) return {};
  Json json;
  json["outcome"] = name_of(result->outcome);
  json["version"] = result->version;
  json["duration_ms"] = in_ms(result->duration);
  const std::optional<Duration> reply = usual_reply_time(*result);
  json["reply_ms"] = reply ? Json(in_ms(*reply)) : Json();
  json["runs"] = result->runs;
  json["failed_runs"] = result->failed_runs;
  if (!result->reason.empty()) json["reason"] = message_to_json(result->reason, lang);
  if (result->server_gone) json["server_gone"] = message_to_json(*result->server_gone, lang);
  std::vector<Check> bad;
  std::copy_if(result->checks.begin(), result->checks.end(), std::back_inserter(bad),
               [](const Check& check) { return is_bad(check.outcome); });
  json["failed_checks"] = checks_to_json(bad, lang);
  return json;
}

Json change_to_json(const ScenarioChange& change, const std::string& lang) {
  const ScenarioResult& shown = change.now ? *change.now : *change.old;
  Json json;
  json["scenario"] = change.scenario;
  json["title"] = title_to_json(shown.title);
  json["level"] = name_of(shown.level);
  json["change"] = name_of(change.change);
  json["tempo"] = name_of(change.tempo);
  json["known"] = change.known;
  json["in_doubt"] = change.in_doubt;
  json["old"] = result_to_json(change.old, lang);
  json["new"] = result_to_json(change.now, lang);
  return json;
}

Json summary_to_json(const CheckComparison& compared) {
  Json json;
  json["newly_broken"] = count_red(compared);
  json["in_doubt"] = count_in_doubt(compared);
  json["still_failing"] = count_still_failing(compared);
  json["judged_in_both"] = compared.judged_in_both;
  for (const Named<Change>& change : names<Change>())
    json["changes"][std::string(change.name)] = count_of(compared, change.value);
  json["slower"] = count_of(compared, Tempo::Slower);
  json["faster"] = count_of(compared, Tempo::Faster);
  return json;
}

}  // namespace

std::string check_comparison_to_json(const CheckComparison& compared, const ComparedFiles& files,
                                     const std::string& tool_version) {
  const std::string& lang = compared.now->lang;
  Json json;
  json["schema"] = "sockspec/check-compare/1";
  json["tool"] = {{"name", "sockspec"}, {"version", tool_version}};
  json["lang"] = lang;
  json["exit_code"] = exit_code_of(compared);
  json["old"] = side_to_json(*compared.old, files.old, lang);
  json["new"] = side_to_json(*compared.now, files.now, lang);
  json["summary"] = summary_to_json(compared);
  Json& cautions = json["cautions"] = Json::array();
  for (const Message& caution : compared.cautions)
    cautions.push_back(message_to_json(caution, lang));
  Json& exits = json["new_unexpected_exits"] = Json::array();
  for (const UnexpectedExit& exit : compared.new_exits)
    exits.push_back({{"after", exit.after}, {"how", message_to_json(exit.how, lang)}});
  Json& scenarios = json["scenarios"] = Json::array();
  for (const ScenarioChange& change : compared.scenarios)
    scenarios.push_back(change_to_json(change, lang));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
