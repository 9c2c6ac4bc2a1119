#include "reports/grade_report_for_test.h"

#include <chrono>

namespace sockspec::reports::test {
namespace {

using namespace grade;
using namespace std::chrono_literals;

Submission good() {
  Submission good;
  good.name = "kim-minji";
  good.state = State::Graded;
  good.points = {100'00, 100'00, {{"grade.inconclusive", {{"count", "1"}}}}};
  good.outcome = Outcome::Inconclusive;
  good.counts = {{Outcome::Pass, 21}, {Outcome::Inconclusive, 1}, {Outcome::Skipped, 2}};
  good.duration = 1'250ms;
  good.hash = "a1";
  good.report = "submissions/kim-minji/check.json";
  good.pages = {"submissions/kim-minji/index.html", "submissions/kim-minji/index.md",
                "submissions/kim-minji/results.json"};
  good.resumed = true;
  return good;
}

Submission wrong() {
  Submission wrong;
  wrong.name = "lee, \"the\" student";
  wrong.state = State::Graded;
  wrong.points = {62'35, 100'00, {{"grade.late", {{"days", "1"}, {"percent", "10"}}}}};
  wrong.outcome = Outcome::Fail;
  wrong.diagnosis = {{"one-shot", 0.93}, {"drop-at-eof", 0.5}};
  wrong.failed = {"stream/many-exchanges", "close/half-close"};
  wrong.counts = {{Outcome::Pass, 20}, {Outcome::Fail, 1}, {Outcome::Warn, 1}};
  wrong.duration = 4'700ms;
  wrong.hash = "b2";
  wrong.report = "submissions/lee/check.json";
  return wrong;
}

Submission stopped(std::string name, State state, Message reason, std::string output) {
  Submission stopped;
  stopped.name = std::move(name);
  stopped.state = state;
  stopped.reason = std::move(reason);
  stopped.points = points_of({}, state, {});
  stopped.hash = "c3";
  stopped.output = std::move(output);
  return stopped;
}

}  // namespace

GradeReport class_of_five() {
  GradeReport report;
  report.tool_version = "0.1.0";
  report.started_at = "2027-03-01T09:00:00Z";
  report.command = {"sockspec", "grade", "class.json"};
  report.os = "Linux";
  report.kernel = "6.1.0";
  report.cpus = 2;
  report.title = "Network programming, lab 2";
  report.profile =
      R"({"profile":"tcp-echo","transport":"tcp","reply":{"transform":"identity"},"framing":"stream"})";
  report.seed = 7;
  report.jobs = 2;
  report.shard = 1;
  report.shards = 3;
  report.submissions = {
      good(), wrong(),
      stopped("=cmd|' /C calc'!A0", State::BuildFailed,
              {"error.text", {{"text", "gcc: exit code 1"}}}, "server.c:3:1: error: expected ';'"),
      stopped("박지훈", State::DidNotStart, {"unfit.empty"}, ""),
      stopped("choi", State::Error, {"error.text", {{"text", "no memory"}}}, "")};
  report.interrupted_by = 2;
  report.duration = 9'500ms;
  report.exit_code = 130;
  return report;
}

}  // namespace sockspec::reports::test
