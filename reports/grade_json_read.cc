#include <cmath>

#include "core/grade/grade_names.h"
#include "reports/bytes_json.h"
#include "reports/grade_json.h"
#include "reports/report_fields.h"
#include "reports/transcript_json.h"
#include "scenario/parse_profile.h"

namespace sockspec::reports {
namespace {

using namespace grade;
using scenario::ErrorLatch;
using scenario::Json;
using scenario::Reader;

constexpr std::string_view kSchema = "sockspec/grade/1";
constexpr double kMostPoints = 1e6;

Hundredths points_from(const Reader& in) {
  const double points = real_from_json(in);
  if (points > kMostPoints) return in.error("is more than anybody can earn"), 0;
  return std::llround(points * 100);
}

Duration ms_from(const Reader& in) {
  const double ns = std::round(real_from_json(in) * 1e6);
  if (ns <= static_cast<double>(kLongest.count())) return Duration(static_cast<Duration::rep>(ns));
  in.error("is too long; nothing takes 31 years");
  return {};
}

std::string path_from(const Reader& in) { return in.json().is_null() ? "" : in.text(); }

Points all_points_from(const Reader& in) {
  Points points;
  points.most = points_from(in.at("max_points"));
  const Reader earned = in.at("points");
  if (!earned.json().is_null()) {
    points.earned = points_from(earned);
    if (*points.earned > points.most) earned.error("is more than max_points");
  }
  for (const Reader& note : in.at("notes").items()) points.notes.push_back(message_from_json(note));
  return points;
}

NamedFault fault_from(const Reader& in) {
  NamedFault fault{in.at("fault").text(), real_from_json(in.at("confidence"))};
  if (fault.confidence > 1) in.at("confidence").error("is out of range; write 0 to 1");
  return fault;
}

Submission submission_from(const Reader& in) {
  Submission submission;
  submission.name = in.at("name").text();
  submission.state = in.at("state").named<State>();
  if (in.has("reason")) submission.reason = message_from_json(in.at("reason"));
  submission.points = all_points_from(in);
  submission.outcome = in.at("outcome").named<Outcome>();
  for (const Reader& item : in.at("diagnosis").items())
    submission.diagnosis.push_back(fault_from(item));
  submission.failed = texts_from_json(in.at("failed"));
  for (const Named<Outcome>& entry : names<Outcome>())
    submission.counts[entry.value] = count_from_json(in.at("counts").at(entry.name));
  submission.duration = ms_from(in.at("duration_ms"));
  submission.hash = in.at("hash").text();
  submission.report = path_from(in.at("report"));
  submission.output = bytes_from_json(in.at("output"));
  const Reader pages = in.at("pages");
  submission.pages = {path_from(pages.at("html")), path_from(pages.at("markdown")),
                      path_from(pages.at("gradescope"))};
  submission.resumed = in.at("resumed").flag();
  return submission;
}

void read_run(const Reader& in, GradeReport& report) {
  report.tool_version = in.at("tool").at("version").text();
  report.started_at = in.at("started_at").text();
  report.command = texts_from_json(in.at("command"));
  const Reader machine = in.at("machine");
  report.os = machine.at("os").text();
  report.kernel = machine.at("kernel").text();
  report.cpus = static_cast<unsigned>(machine.at("cpus").number(1, 1'000'000));
  report.title = in.at("class").text();
  report.seed = static_cast<std::uint64_t>(in.at("seed").number(0, INT64_MAX));
  report.lang = in.at("lang").text();
  report.isolation = in.at("isolation").named<Isolation>();
  report.jobs = static_cast<unsigned>(in.at("jobs").number(1, 1'000'000));
  const Reader shard = in.at("shard");
  report.shards = static_cast<std::size_t>(shard.at("of").number(1, 1'000'000));
  report.shard = static_cast<std::size_t>(
      shard.at("number").number(1, static_cast<std::int64_t>(report.shards)) - 1);
  report.exit_code = static_cast<int>(in.at("exit_code").number(0, 255));
  if (in.has("interrupted_by"))
    report.interrupted_by = static_cast<int>(in.at("interrupted_by").number(1, 64));
  report.duration = ms_from(in.at("duration_ms"));
}

GradeReport report_from(const Reader& in) {
  GradeReport report;
  if (in.at("schema").text() != kSchema) {
    in.at("schema").error("this is no report of sockspec grade (\"" + std::string(kSchema) + "\")");
    return report;
  }
  read_run(in, report);
  for (const Reader& item : in.at("submissions").items())
    report.submissions.push_back(submission_from(item));
  return report;
}

}  // namespace

Result<GradeReport> grade_report_from_json(std::string_view text, const std::string& file) {
  const Result<Json> document = scenario::parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  const Reader in(*document, "", errors);
  GradeReport report = report_from(in);
  const Json& contract = in.at("profile").json();
  if (errors.error()) return *errors.error();
  report.profile = contract.dump();
  const Result<Profile> profile = scenario::parse_profile(report.profile, file + ": /profile");
  if (!profile) return profile.error();
  return report;
}

}  // namespace sockspec::reports
