#include "reports/check_json.h"

#include <algorithm>
#include <cmath>

#include "core/names.h"
#include "reports/bytes_json.h"
#include "reports/messages.h"
#include "reports/report_fields.h"
#include "reports/reproduce.h"
#include "reports/transcript_json.h"
#include "scenario/parse_profile.h"

namespace sockspec::reports {
namespace {

using scenario::ErrorLatch;
using scenario::Json;
using scenario::Reader;

constexpr std::string_view kSchema = "sockspec/check/1";
constexpr const char* kTranscript = "transcript";

Json localized_to_json(const LocalizedText& text) {
  Json json;
  json["en"] = text.en;
  if (!text.ko.empty()) json["ko"] = text.ko;
  return json;
}

Json check_to_json(const Check& check, std::string_view lang) {
  Json json;
  json["id"] = check.id;
  json["axis"] = name_of(check.axis);
  json["level"] = name_of(check.level);
  json["outcome"] = name_of(check.outcome);
  if (!check.expected.empty()) json["expected"] = message_to_json(check.expected, lang);
  if (!check.observed.empty()) json["observed"] = message_to_json(check.observed, lang);
  json["at_ms"] = in_ms(check.at);
  if (!check.peer.empty()) json["peer"] = check.peer;
  if (!check.pointer.empty()) json["step"] = check.pointer;
  if (check.timing_only) json["timing_only"] = true;
  if (check.difference) {
    json["difference"] = {{"offset", check.difference->offset},
                          {"window_offset", check.difference->window_offset},
                          {"expected", bytes_to_json(check.difference->expected)},
                          {"received", bytes_to_json(check.difference->received)}};
  }
  return json;
}

Json diagnosed_to_json(const DiagnosedFault& found, const CheckReport& report) {
  const Fault& fault = found.fault;
  Json json;
  json["fault"] = fault.name;
  json["confidence"] = std::round(found.confidence * 100) / 100;
  if (found.beside) json["beside"] = true;
  json["title"] = localized_to_json(fault.title);
  json["explanation"] = localized_to_json(fault.explanation);
  json["hint"] = localized_to_json(fault.hint);
  json["example"] = {{"python", fault.python}, {"c", fault.c}, {"java", fault.java}};
  json["text"] = fault.title.in(report.lang);
  return json;
}

Json cites_to_json(const std::vector<Citation>& cites) {
  Json json = Json::array();
  for (const Citation& cite : cites) {
    json.push_back({{"document", cite.document}, {"section", cite.section}, {"quote", cite.quote}});
  }
  return json;
}

Json result_to_json(const ScenarioResult& result, const CheckReport& report) {
  Json json;
  json["scenario"] = result.scenario;
  json["version"] = result.version;
  json["title"] = localized_to_json(result.title);
  json["level"] = name_of(result.level);
  json["outcome"] = name_of(result.outcome);
  if (!result.reason.empty()) json["reason"] = message_to_json(result.reason, report.lang);
  if (result.known) {
    json["known"]["reason"] = result.known->reason;
    if (!result.known->link.empty()) json["known"]["link"] = result.known->link;
  }
  json["duration_ms"] = in_ms(result.duration);
  json["runs"] = result.runs;
  json["failed_runs"] = result.failed_runs;
  json["checks"] = checks_to_json(result.checks, report.lang);
  json["cites"] = cites_to_json(result.cites);
  json["explanation"] = localized_to_json(result.explanation);
  json["hint"] = localized_to_json(result.hint);
  json["reproduce"] = reproduce_command(report, result.scenario);
  if (!result.reproduce_python.empty()) json["reproduce_python"] = result.reproduce_python;
  if (result.server_gone) json["server_gone"] = message_to_json(*result.server_gone, report.lang);
  json["server_output"] = bytes_to_json(result.server_output);
  json["scale"] = result.scale;
  json["peers"] = result.peers;
  json[kTranscript] = transcript_to_json(result.transcript);
  return json;
}

Json summary_to_json(const CheckReport& report) {
  Json counts;
  auto by_outcome = count_outcomes(report);
  for (const Named<Outcome>& entry : names<Outcome>())
    counts[std::string(entry.name)] = by_outcome[entry.value];
  Json levels;
  for (const Named<Level>& level : names<Level>()) {
    Json& of_level = levels[std::string(level.name)];
    for (const Named<Outcome>& outcome : names<Outcome>()) {
      of_level[std::string(outcome.name)] =
          std::count_if(report.results.begin(), report.results.end(), [&](const ScenarioResult& r) {
            return r.level == level.value && r.outcome == outcome.value;
          });
    }
  }
  Json json;
  json["outcome"] = name_of(overall_outcome(report));
  json["counts"] = counts;
  json["known"] = count_failures(report).known;
  json["levels"] = levels;
  json["duration_ms"] = in_ms(report.duration);
  json["score"] = std::round(score_of(report) * 10) / 10;
  return json;
}

Json machine_to_json(const CheckReport& report) {
  Json json;
  json["os"] = report.os;
  json["kernel"] = report.kernel;
  json["cpus"] = report.cpus;
  json["scale"] = report.environment.scale;
  Json& figures = json["figures"] = Json::object();
  for (const auto& [name, value] : report.environment.figures) figures[name] = value;
  return json;
}

LocalizedText localized_from(const Reader& in, const char* key) {
  return in.has(key) ? in.at(key).localized() : LocalizedText{};
}

double number_from(const Reader& in) {
  if (in.json().is_number()) return in.json().get<double>();
  in.error("write a number");
  return 0;
}

Duration ms_from(const Reader& in) {
  const double ms = number_from(in);
  return Duration(static_cast<Duration::rep>(std::clamp(ms, 0.0, 1e12) * 1e6));
}

Check check_from(const Reader& in) {
  Check check;
  check.id = in.at("id").text();
  check.axis = in.at("axis").named<Axis>();
  check.level = in.at("level").named<Level>();
  check.outcome = in.at("outcome").named<Outcome>();
  if (in.has("expected")) check.expected = message_from_json(in.at("expected"));
  if (in.has("observed")) check.observed = message_from_json(in.at("observed"));
  check.at = ms_from(in.at("at_ms"));
  if (in.has("peer")) check.peer = in.at("peer").text();
  if (in.has("step")) check.pointer = in.at("step").text();
  if (in.has("timing_only")) check.timing_only = in.at("timing_only").flag();
  if (in.has("difference")) {
    const Reader difference = in.at("difference");
    check.difference = Difference{
        static_cast<std::uint64_t>(difference.at("offset").number(0, INT64_MAX)),
        static_cast<std::uint64_t>(difference.at("window_offset").number(0, INT64_MAX)),
        bytes_from_json(difference.at("expected")), bytes_from_json(difference.at("received"))};
  }
  return check;
}

ScenarioResult result_from(const Reader& in, Transcripts transcripts) {
  ScenarioResult result;
  result.scenario = in.at("scenario").text();
  result.version = static_cast<int>(in.at("version").number(1, 1'000'000));
  result.title = localized_from(in, "title");
  result.level = in.at("level").named<Level>();
  result.outcome = in.at("outcome").named<Outcome>();
  if (in.has("reason")) result.reason = message_from_json(in.at("reason"));
  if (in.has("known")) {
    const Reader known = in.at("known");
    result.known = KnownFailure{known.at("reason").text(),
                                known.has("link") ? known.at("link").text() : std::string()};
  }
  result.duration = ms_from(in.at("duration_ms"));
  result.runs = static_cast<int>(in.at("runs").number(0, 1'000'000'000));
  result.failed_runs = static_cast<int>(in.at("failed_runs").number(0, 1'000'000'000));
  for (const Reader& item : in.at("checks").items()) result.checks.push_back(check_from(item));
  for (const Reader& item : in.at("cites").items()) {
    result.cites.push_back(
        {item.at("document").text(), item.at("section").text(), item.at("quote").text()});
  }
  result.explanation = localized_from(in, "explanation");
  result.hint = localized_from(in, "hint");
  if (in.has("reproduce_python")) result.reproduce_python = in.at("reproduce_python").text();
  if (in.has("server_gone")) result.server_gone = message_from_json(in.at("server_gone"));
  result.server_output = bytes_from_json(in.at("server_output"));
  result.scale = number_from(in.at("scale"));
  result.peers = texts_from_json(in.at("peers"));
  if (transcripts == Transcripts::Read)
    result.transcript = transcript_from_json(in.at(kTranscript));
  return result;
}

void read_machine(const Reader& in, CheckReport& report) {
  report.os = in.at("os").text();
  report.kernel = in.at("kernel").text();
  report.cpus = static_cast<unsigned>(in.at("cpus").number(1, 1'000'000));
  report.environment.scale = number_from(in.at("scale"));
  const Reader figures = in.at("figures");
  if (!figures.json().is_object()) return figures.error("write an object, { … }");
  for (const auto& [name, value] : figures.json().items()) {
    report.environment.figures[name] =
        static_cast<std::uint64_t>(figures.at(name).number(0, 1LL << 40));
  }
}

DiagnosedFault diagnosed_from(const Reader& in) {
  DiagnosedFault found;
  found.fault.name = in.at("fault").text();
  found.confidence = number_from(in.at("confidence"));
  found.beside = in.has("beside") && in.at("beside").flag();
  found.fault.title = localized_from(in, "title");
  found.fault.explanation = localized_from(in, "explanation");
  found.fault.hint = localized_from(in, "hint");
  const Reader example = in.at("example");
  found.fault.python = example.at("python").text();
  found.fault.c = example.at("c").text();
  found.fault.java = example.at("java").text();
  return found;
}

UnexpectedExit exit_from(const Reader& in) {
  return {in.at("after").text(), message_from_json(in.at("how")), bytes_from_json(in.at("output"))};
}

CheckReport report_from(const Reader& in, Transcripts transcripts) {
  CheckReport report;
  if (in.at("schema").text() != kSchema) {
    in.at("schema").error("this is no report of sockspec check (\"" + std::string(kSchema) + "\")");
    return report;
  }
  report.tool_version = in.at("tool").at("version").text();
  report.started_at = in.at("started_at").text();
  report.command = texts_from_json(in.at("command"));
  read_machine(in.at("machine"), report);
  report.target = target_from_json(in.at("target"));
  report.seed = static_cast<std::uint64_t>(in.at("seed").number(0, INT64_MAX));
  report.strict = in.at("strict").flag();
  report.lang = in.at("lang").text();
  if (in.has("scenarios_folder")) report.scenarios_folder = in.at("scenarios_folder").text();
  if (in.has("interrupted_by"))
    report.interrupted_by = static_cast<int>(in.at("interrupted_by").number(1, 64));
  if (in.has("invalid")) report.invalid = message_from_json(in.at("invalid"));
  report.exit_code = static_cast<int>(in.at("exit_code").number(0, 255));
  report.duration = ms_from(in.at("summary").at("duration_ms"));
  for (const Reader& item : in.at("unexpected_exits").items())
    report.unexpected_exits.push_back(exit_from(item));
  if (in.has("holds_instead")) {
    const Reader instead = in.at("holds_instead");
    report.holds_instead = HoldsInstead{"", message_from_json(instead.at("what"))};
    if (instead.has("profile")) report.holds_instead->profile = instead.at("profile").json().dump();
  }
  if (in.has("stale_known")) {
    for (const Reader& item : in.at("stale_known").items())
      report.stale_known.push_back({item.at("scenario").text(), message_from_json(item.at("why"))});
  }
  for (const Reader& item : in.at("diagnosis").items())
    report.diagnosis.push_back(diagnosed_from(item));
  for (const Reader& item : in.at("results").items())
    report.results.push_back(result_from(item, transcripts));
  return report;
}

}  // namespace

Json checks_to_json(const std::vector<Check>& checks, std::string_view lang) {
  Json json = Json::array();
  for (const Check& check : checks) json.push_back(check_to_json(check, lang));
  return json;
}

std::string check_report_to_json(const CheckReport& report) {
  Json json;
  json["schema"] = kSchema;
  json["tool"] = {{"name", "sockspec"}, {"version", report.tool_version}};
  json["started_at"] = report.started_at;
  json["command"] = report.command;
  json["machine"] = machine_to_json(report);
  json["target"] = target_to_json(report.target);
  json["profile"] = Json::parse(report.profile.json, nullptr, false);
  json["seed"] = report.seed;
  json["strict"] = report.strict;
  json["lang"] = report.lang;
  if (!report.scenarios_folder.empty()) json["scenarios_folder"] = report.scenarios_folder;
  json["exit_code"] = report.exit_code;
  json["interrupted"] = report.interrupted_by != 0;
  if (report.interrupted_by != 0) json["interrupted_by"] = report.interrupted_by;
  if (report.invalid) json["invalid"] = message_to_json(*report.invalid, report.lang);
  json["summary"] = summary_to_json(report);
  if (report.holds_instead) {
    const HoldsInstead& instead = *report.holds_instead;
    json["holds_instead"]["what"] = message_to_json(instead.what, report.lang);
    if (!instead.profile.empty())
      json["holds_instead"]["profile"] = Json::parse(instead.profile, nullptr, false);
  }
  Json& diagnosis = json["diagnosis"] = Json::array();
  for (const DiagnosedFault& found : report.diagnosis)
    diagnosis.push_back(diagnosed_to_json(found, report));
  Json& exits = json["unexpected_exits"] = Json::array();
  for (const UnexpectedExit& exit : report.unexpected_exits) {
    exits.push_back({{"after", exit.after},
                     {"how", message_to_json(exit.how, report.lang)},
                     {"output", bytes_to_json(exit.output)}});
  }
  for (const StaleEntry& entry : report.stale_known) {
    json["stale_known"].push_back(
        {{"scenario", entry.scenario}, {"why", message_to_json(entry.why, report.lang)}});
  }
  Json& results = json["results"] = Json::array();
  for (const ScenarioResult& result : report.results)
    results.push_back(result_to_json(result, report));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<CheckReport> check_report_from_json(std::string_view text, const std::string& file,
                                           Transcripts transcripts) {
  const std::string_view leave_out = transcripts == Transcripts::LeaveOut ? kTranscript : "";
  const Result<Json> document = scenario::parse_json(text, file, leave_out);
  if (!document) return document.error();
  ErrorLatch errors(file);
  const Reader in(*document, "", errors);
  CheckReport report = report_from(in, transcripts);
  const Json& contract = in.at("profile").json();
  if (errors.error()) return *errors.error();
  Result<Profile> profile = scenario::parse_profile(contract.dump(), file + ": /profile");
  if (!profile) return profile.error();
  report.profile = std::move(*profile);
  return report;
}

}  // namespace sockspec::reports
