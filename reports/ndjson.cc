#include "reports/ndjson.h"

#include <cmath>

#include "core/names.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/report_fields.h"
#include "reports/reproduce.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/verdict_sentence.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

constexpr std::size_t kName = 200;
constexpr std::size_t kLine = 400;

// Control characters are escaped by JSON itself, so an event never breaks its line.
std::string line(const Json& event) {
  return event.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json check_event(const Check& check, const CheckReport& report) {
  Json json{{"id", printable_line(check.id, kName)},
            {"axis", name_of(check.axis)},
            {"level", name_of(check.level)},
            {"outcome", name_of(check.outcome)}};
  const auto put = [&](const char* key, const Message& message) {
    if (!message.empty()) json[key] = printable_line(render(message, report.lang), kLine);
  };
  put("expected", check.expected);
  put("observed", check.observed);
  return json;
}

}  // namespace

std::string ndjson_begin(const CheckReport& report) {
  return line(
      {{"event", "begin"},
       {"schema", "sockspec/events/1"},
       {"tool", {{"name", "sockspec"}, {"version", printable_line(report.tool_version, kName)}}},
       {"started_at", printable_line(report.started_at, kName)},
       {"profile", printable_line(report.profile.id, kName)},
       {"target", printable_line(server_text(report.target), kLine)},
       {"seed", report.seed},
       {"strict", report.strict},
       {"lang", printable_line(report.lang, kName)}});
}

std::string ndjson_result(const CheckReport& report, const ScenarioResult& whole) {
  const ScenarioResult result = bounded(whole, report.lang);
  Json event{{"event", "result"},
             {"scenario", scenario_name(result)},
             {"title", scenario_title(report, result)},
             {"level", name_of(result.level)},
             {"outcome", name_of(result.outcome)},
             {"counts_as", name_of(standing_of(report, whole))},
             {"duration_ms", in_ms(result.duration)}};
  Json& checks = event["checks"] = Json::array();
  for (const Check& check : result.checks) checks.push_back(check_event(check, report));
  if (const std::string text = result_line(report, result); !text.empty()) event["text"] = text;
  if (is_bad(result.outcome)) {
    event["server_output"] = printable(result.server_output);
    event["reproduce"] = bounded_reproduce(report, result);
  }
  return line(event);
}

std::string ndjson_end(const CheckReport& report) {
  std::string text;
  for (const RunTrouble& trouble : troubles_of(report)) {
    text += line({{"event", "trouble"},
                  {"name", trouble.name},
                  {"text", trouble.text},
                  {"details", trouble.details}});
  }
  Json counts = Json::object();
  auto by_outcome = count_outcomes(report);
  for (const Named<Outcome>& entry : names<Outcome>())
    counts[std::string(entry.name)] = by_outcome[entry.value];
  return text + line({{"event", "end"},
                      {"exit_code", report.exit_code},
                      {"outcome", name_of(overall_outcome(report))},
                      {"counts", counts},
                      {"known", count_failures(report).known},
                      {"score", std::round(score_of(report) * 10) / 10},
                      {"duration_ms", in_ms(report.duration)},
                      {"text", verdict_sentence(report)}});
}

std::string ndjson(const CheckReport& report) {
  std::string text = ndjson_begin(report);
  for (const ScenarioResult& result : report.results) text += ndjson_result(report, result);
  return text + ndjson_end(report);
}

}  // namespace sockspec::reports
