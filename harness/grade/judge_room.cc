#include "grade/judge_room.h"

#include <algorithm>
#include <csignal>
#include <sstream>
#include <string>

#include "core/exit_codes.h"

namespace sockspec::grade {
namespace {

constexpr int kKilled = kSignalBase + SIGKILL;

std::string text_of(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string seconds_text(Duration duration) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count());
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U); }

struct Said {
  State state = State::Error;
  Message reason;
};

Said limit(const ClassPlan& plan, Stopped stopped) {
  if (stopped == Stopped::Memory)
    return {State::OverLimit, {"limit.memory", {{"mebibytes", mebibytes(plan.limits.memory)}}}};
  return {State::OverLimit, {"limit.total", {{"seconds", seconds_text(plan.limits.total)}}}};
}

Said of_build(const ClassPlan& plan, const ChosenRecipe& recipe, const RoomRecord& record) {
  const std::string command =
      record.step < recipe.recipe.build.size() ? text_of(recipe.recipe.build[record.step]) : "";
  if (record.stopped == Stopped::Memory)
    return {State::BuildFailed,
            {"build.memory", {{"command", command}, {"mebibytes", mebibytes(plan.limits.memory)}}}};
  if (record.stopped == Stopped::Time || record.built == kKilled)
    return {State::BuildFailed,
            {"build.time", {{"command", command}, {"seconds", seconds_text(plan.limits.build)}}}};
  if (!record.built) return {State::Error, {"error.text", {{"text", record.said}}}};
  return {State::BuildFailed,
          {"build.failed", {{"command", command}, {"code", std::to_string(*record.built)}}}};
}

// Most languages name an error in the last line that is not indented; where it was stands in
// others.
std::string telling_line(const std::string& said) {
  std::istringstream lines(said);
  std::string last, named;
  for (std::string each; std::getline(lines, each);) {
    if (each.find_first_not_of(" \t\r") == std::string::npos) continue;
    last = each;
    if (each[0] != ' ' && each[0] != '\t') named = each;
  }
  if (!named.empty() || last.empty()) return named;
  return last.substr(last.find_first_not_of(" \t"));
}

// A complaint of a check may quote all of what the server printed last.
Message in_one_line(const CheckReport& report) {
  Message reason = report.invalid.value_or(Message{"error.text"});
  for (auto& [name, value] : reason.params) {
    if (name == "said") value = " " + telling_line(value);
    if (name == "text") value = value.substr(0, value.find('\n'));
  }
  return reason;
}

std::string printed_by_server(const CheckReport& report) {
  const std::string said = report.invalid ? report.invalid->param("said") : "";
  return said.starts_with('\n') ? said.substr(1) : said;
}

Said of_check(const ClassPlan& plan, const RoomRecord& record) {
  if (record.stopped != Stopped::No) return limit(plan, record.stopped);
  if (!record.report) return {State::Error, {"error.text", {{"text", record.said}}}};
  const CheckReport& report = *record.report;
  if (report.interrupted_by != 0) return limit(plan, Stopped::Time);
  if (report.exit_code == kUnreachable) return {State::DidNotStart, in_one_line(report)};
  if (report.exit_code == kInvalid || report.exit_code == kUsage)
    return {State::Error, in_one_line(report)};
  return {State::Graded, {}};
}

Said said_of(const ClassPlan& plan, const ChosenRecipe& recipe, const RoomRecord& record) {
  if (record.stopped == Stopped::Asked) return {State::Error, {"grade.interrupted"}};
  if (record.stage == "check") return of_check(plan, record);
  if (record.stage == "build") return of_build(plan, recipe, record);
  if (record.stage == "copy")
    return {State::OverLimit, {"limit.scratch", {{"mebibytes", mebibytes(plan.limits.scratch)}}}};
  return {State::Error, {"error.text", {{"text", record.said}}}};
}

// The server ended after it, between two scenarios: by its own result it would still hold.
bool ended_the_server(const CheckReport& report, const ScenarioResult& result) {
  return std::any_of(report.unexpected_exits.begin(), report.unexpected_exits.end(),
                     [&](const UnexpectedExit& exit) { return exit.after == result.scenario; });
}

void take_results(const CheckReport& report, Submission& submission) {
  submission.outcome = overall_outcome(report);
  submission.counts = count_outcomes(report);
  for (const DiagnosedFault& found : report.diagnosis)
    submission.diagnosis.push_back({found.fault.name, found.confidence});
  for (const ScenarioResult& result : report.results) {
    if (result.outcome == Outcome::Fail || result.outcome == Outcome::Warn ||
        ended_the_server(report, result))
      submission.failed.push_back(result.scenario);
  }
}

std::vector<ScenarioOutcome> outcomes_of(const RoomRecord& record) {
  std::vector<ScenarioOutcome> outcomes;
  if (!record.report) return outcomes;
  for (const ScenarioResult& result : record.report->results) {
    const bool ended = ended_the_server(*record.report, result);
    outcomes.push_back({result.scenario, result.level, ended ? Outcome::Fail : result.outcome});
  }
  return outcomes;
}

void give_points(const ClassPlan& plan, const std::vector<ScenarioOutcome>& outcomes,
                 Submission& submission) {
  submission.points = points_of(plan.points, submission.state, outcomes);
  if (plan.late)
    submission.points = after_lateness(std::move(submission.points), *plan.late, submission.name);
}

}  // namespace

Submission judge_room(const ClassPlan& plan, const std::string& name, const ChosenRecipe& recipe,
                      const RoomRecord& record) {
  const Said said = said_of(plan, recipe, record);
  Submission submission;
  submission.name = name;
  submission.state = said.state;
  submission.reason = said.reason;
  submission.duration = record.duration;
  if (submission.state == State::BuildFailed) submission.output = record.output;
  if (submission.state == State::DidNotStart) submission.output = printed_by_server(*record.report);
  if (record.report && submission.state != State::DidNotStart)
    take_results(*record.report, submission);
  give_points(plan, outcomes_of(record), submission);
  return submission;
}

Submission without_room(const ClassPlan& plan, const std::string& name, State state,
                        Message reason) {
  Submission submission;
  submission.name = name;
  submission.state = state;
  submission.reason = std::move(reason);
  give_points(plan, {}, submission);
  return submission;
}

}  // namespace sockspec::grade
