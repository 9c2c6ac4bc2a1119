#include "reports/grade_json.h"

#include <cmath>

#include "core/grade/class_summary.h"
#include "core/grade/grade_names.h"
#include "reports/bytes_json.h"
#include "reports/transcript_json.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using namespace grade;
using scenario::Json;

Json points_to_json(const std::optional<Hundredths>& points) {
  return points ? Json(static_cast<double>(*points) / 100) : Json();
}

Json in_ms(Duration duration) {
  return std::round(std::chrono::duration<double, std::milli>(duration).count() * 1000) / 1000;
}

Json path_to_json(const std::string& path) { return path.empty() ? Json() : Json(path); }

Json notes_to_json(const std::vector<Message>& notes, const std::string& lang) {
  Json json = Json::array();
  for (const Message& note : notes) json.push_back(message_to_json(note, lang));
  return json;
}

Json diagnosis_to_json(const std::vector<NamedFault>& diagnosis) {
  Json json = Json::array();
  for (const NamedFault& fault : diagnosis)
    json.push_back({{"fault", fault.fault}, {"confidence", fault.confidence}});
  return json;
}

Json counts_to_json(const std::map<Outcome, std::size_t>& counts) {
  Json json;
  for (const Named<Outcome>& entry : names<Outcome>()) {
    const auto found = counts.find(entry.value);
    json[std::string(entry.name)] = found == counts.end() ? 0 : found->second;
  }
  return json;
}

Json submission_to_json(const Submission& submission, const std::string& lang) {
  Json json;
  json["name"] = submission.name;
  json["state"] = name_of(submission.state);
  if (!submission.reason.empty()) json["reason"] = message_to_json(submission.reason, lang);
  json["points"] = points_to_json(submission.points.earned);
  json["max_points"] = points_to_json(submission.points.most);
  json["notes"] = notes_to_json(submission.points.notes, lang);
  json["outcome"] = name_of(submission.outcome);
  json["diagnosis"] = diagnosis_to_json(submission.diagnosis);
  json["failed"] = submission.failed;
  json["counts"] = counts_to_json(submission.counts);
  json["duration_ms"] = in_ms(submission.duration);
  json["hash"] = submission.hash;
  json["report"] = path_to_json(submission.report);
  json["output"] = bytes_to_json(submission.output);
  json["pages"] = {{"html", path_to_json(submission.pages.html)},
                   {"markdown", path_to_json(submission.pages.markdown)},
                   {"gradescope", path_to_json(submission.pages.gradescope)}};
  json["resumed"] = submission.resumed;
  return json;
}

Json summary_to_json(const ClassSummary& summary) {
  Json json;
  for (const Named<State>& entry : names<State>()) {
    const auto found = summary.states.find(entry.value);
    json["states"][std::string(entry.name)] = found == summary.states.end() ? 0 : found->second;
  }
  json["mean"] = points_to_json(summary.mean);
  json["median"] = points_to_json(summary.median);
  json["histogram"] = Json::array();
  for (const PointsBucket& bucket : summary.histogram) {
    json["histogram"].push_back({{"from_percent", bucket.from},
                                 {"to_percent", bucket.to},
                                 {"submissions", bucket.submissions}});
  }
  json["common_failures"] = Json::array();
  for (const CommonFailure& failure : summary.common_failures) {
    json["common_failures"].push_back(
        {{"scenario", failure.scenario}, {"submissions", failure.submissions}});
  }
  return json;
}

}  // namespace

std::string grade_report_to_json(const GradeReport& report) {
  const ClassSummary summary = summarize(report.submissions);
  Json json;
  json["schema"] = "sockspec/grade/1";
  json["tool"] = {{"name", "sockspec"}, {"version", report.tool_version}};
  json["started_at"] = report.started_at;
  json["command"] = report.command;
  json["machine"] = {{"os", report.os}, {"kernel", report.kernel}, {"cpus", report.cpus}};
  json["class"] = report.title;
  json["profile"] = scenario::parse_json(report.profile, "profile").value();
  json["seed"] = report.seed;
  json["lang"] = report.lang;
  json["isolation"] = name_of(report.isolation);
  json["jobs"] = report.jobs;
  json["shard"] = {{"number", report.shard + 1}, {"of", report.shards}};
  json["exit_code"] = report.exit_code;
  if (report.interrupted_by != 0) json["interrupted_by"] = report.interrupted_by;
  json["duration_ms"] = in_ms(report.duration);
  json["submissions"] = Json::array();
  for (const Submission& submission : report.submissions)
    json["submissions"].push_back(submission_to_json(submission, report.lang));
  json["common_faults"] = Json::array();
  for (const CommonFault& fault : summary.common_faults) {
    json["common_faults"].push_back({{"fault", fault.fault}, {"submissions", fault.submissions}});
  }
  json["resumed"] = summary.resumed;
  json["summary"] = summary_to_json(summary);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
