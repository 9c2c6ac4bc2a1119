#include "reports/comparison_for_test.h"

#include <chrono>
#include <utility>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;

// Its replies come after `reply`.
ScenarioResult passes(const std::string& id, Duration reply = 50us) {
  ScenarioResult made = result(id, Outcome::Pass);
  made.title = {"A scenario that passes", "통과하는 시나리오"};
  made.duration = 12ms;
  for (std::size_t i = 0; i < kTempoReplies; ++i) {
    made.transcript.push_back(entry(i * 1s, Entry::Sent, 5));
    made.transcript.push_back(entry(i * 1s + reply, Entry::Received, 5));
  }
  made.level = id.starts_with("latency/") ? Level::Should : Level::Must;
  return made;
}

ScenarioResult fails(const std::string& id, const Message& observed) {
  ScenarioResult made = failed_echo();
  made.scenario = id;
  made.title = {"What is sent comes back", "보낸 것이 그대로 돌아온다"};
  made.checks.front().observed = observed;
  if (observed.id != "seen.different") made.checks.front().difference.reset();
  return made;
}

ScenarioResult differs(const std::string& id) {
  return fails(id, {"seen.different", {{"offset", "2"}, {"excerpt", "\"heLlo\""}}});
}

ScenarioResult silent(const std::string& id) {
  return fails(id, {"seen.nothing", {{"within", "2000 ms"}}});
}

ScenarioResult warns(const std::string& id) {
  ScenarioResult made = silent(id);
  made.level = Level::Should;
  made.outcome = Outcome::Warn;
  made.checks.front().level = Level::Should;
  return made;
}

ScenarioResult open(const std::string& id, Outcome outcome, const Message& reason) {
  ScenarioResult made = result(id, outcome);
  made.title = {"A scenario", "시나리오"};
  made.reason = reason;
  return made;
}

DiagnosedFault diagnosed(const std::string& name) {
  DiagnosedFault found;
  found.fault.name = name;
  found.fault.title = {"changes letters", "글자를 바꾼다"};
  found.confidence = 0.9;
  return found;
}

CheckReport run(std::vector<ScenarioResult> results, const std::string& server) {
  CheckReport made = empty_report();
  made.target = {{"./" + server, "{port}"}, "127.0.0.1:20001", 4711, false};
  made.results = std::move(results);
  made.duration = 4321ms;
  made.exit_code = exit_code_of(made);
  return made;
}

}  // namespace

Pair everything() {
  ScenarioResult known = differs("transform/known");
  known.known = KnownFailure{"half done, see #7", "https://bugs/7"};
  const Message hidden{"reason.explained", {{"scenario", "stream/basic"}}};
  Pair pair;
  pair.old = run({passes("stream/basic"), passes("stream/large"), passes("stream/small", 50ms),
                  silent("close/fin-only"), silent("close/half-close"), passes("latency/prompt"),
                  warns("latency/small"), passes("concurrency/many"), passes("concurrency/two"),
                  open("lifecycle/restart", Outcome::Inconclusive, {"reason.late-once"}),
                  open("lifecycle/terminate", Outcome::Skipped, {"reason.skipped"}),
                  passes("session/idle"), passes("transform/known"), passes("a/gone")},
                 "old-server");
  pair.now = run(
      {differs("stream/basic"), passes("stream/large", 43ms), passes("stream/small"),
       passes("close/fin-only"), differs("close/half-close"), warns("latency/prompt"),
       passes("latency/small"), open("concurrency/many", Outcome::NotRun, hidden),
       open("concurrency/two", Outcome::NotRun, hidden), silent("lifecycle/restart"),
       passes("lifecycle/terminate"),
       open("session/idle", Outcome::Inconclusive, {"reason.late-once"}), known, passes("a/added")},
      "new-server");
  pair.old.diagnosis = {diagnosed("sleeps-per-message")};
  pair.now.diagnosis = {diagnosed("swaps-case")};
  pair.now.unexpected_exits = {{"stream/basic", {"exit.code", {{"code", "3"}}}, "bye\n"}};
  pair.now.started_at = "2026-11-22T10:00:00Z";
  pair.now.tool_version = "1.3.0";
  pair.now.seed = 8;
  return pair;
}

Pair swapped(Pair pair) {
  std::swap(pair.old, pair.now);
  return pair;
}

Pair nothing() {
  const CheckReport same = run({passes("stream/basic"), passes("close/half-close")}, "server");
  return {same, same};
}

Pair in_doubt() {
  Pair pair = nothing();
  pair.now.results.back() = open("close/half-close", Outcome::Inconclusive, {"reason.late-once"});
  return pair;
}

Pair incomplete() {
  Pair pair = nothing();
  pair.now.results.back() = open("close/half-close", Outcome::NotRun, {"reason.interrupted"});
  pair.now.interrupted_by = 2;
  return pair;
}

Pair hostile() {
  const std::string text =
      "</td></details><script>alert(1)</script> | a | **b** `c` @all #1\n| forged | row |\n"
      "\x1b[31mred\x1b[0m \xFF \xE2\x80\xAE";
  Pair pair = everything();
  for (CheckReport* const report : {&pair.old, &pair.now}) {
    report->target.command = {text};
    report->profile.id = report->started_at = text;
    for (ScenarioResult& each : report->results) {
      each.scenario += text;
      each.title = {text, text};
      if (!each.reason.empty()) each.reason = {text, {{text, text}}};
      for (Check& check : each.checks) check.observed = {text, {{text, text}}};
    }
    for (UnexpectedExit& exit : report->unexpected_exits) exit.how = {text};
    for (DiagnosedFault& found : report->diagnosis) found.fault.title = {text, text};
  }
  return pair;
}

Pair in_korean(Pair pair) {
  pair.old.lang = pair.now.lang = "ko";
  return pair;
}

CheckComparison compared(const Pair& pair) { return *compare_checks(pair.old, pair.now); }

ComparisonStory story(const Pair& pair) {
  return story_of(compared(pair), {"old.json", "new.json"});
}

}  // namespace sockspec::reports::test
