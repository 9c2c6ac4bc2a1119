#include "reports/check_report_for_test.h"

#include <chrono>
#include <utility>

#include "core/exit_codes.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;

CheckReport with(std::vector<ScenarioResult> results) {
  CheckReport report = empty_report();
  report.results = std::move(results);
  report.duration = 4'321ms;
  report.exit_code = exit_code_of(report);
  return report;
}

ScenarioResult passed(const std::string& id, const std::string& en, const std::string& ko) {
  ScenarioResult made = result(id, Outcome::Pass);
  made.title = {en, ko};
  made.duration = 12ms;
  return made;
}

ScenarioResult basic() {
  return passed("stream/basic", "What is sent comes back", "보낸 것이 그대로 돌아온다");
}

ScenarioResult half_close() {
  return passed("close/half-close", "The server ends when the client has", "끝내면 서버도 끝낸다");
}

ScenarioResult unjudged(const std::string& id, Outcome outcome, const Message& reason) {
  ScenarioResult made = result(id, outcome);
  made.title = {"Another scenario", "다른 시나리오"};
  made.reason = reason;
  return made;
}

ScenarioResult failed() {
  ScenarioResult made = failed_echo();
  made.title = {"What is sent comes back", "보낸 것이 그대로 돌아온다"};
  made.hint.ko = "글자를 보십시오";
  made.duration = 2'500us;
  made.server_output = "listening\nTraceback: \"oops\"\n";
  return made;
}

// A should that failed: with --strict it would fail the run.
ScenarioResult warned() {
  ScenarioResult made = failed();
  made.scenario = "latency/prompt";
  made.title = {"The reply comes at once", "응답이 바로 온다"};
  made.level = Level::Should;
  made.outcome = Outcome::Warn;
  made.checks.front().level = Level::Should;
  made.checks.front().outcome = Outcome::Warn;
  made.server_output.clear();
  return made;
}

ScenarioResult late(Level level) {
  ScenarioResult made = failed();
  made.scenario = level == Level::Must ? "stream/large" : "latency/no-delay";
  made.title = {"A large message", "큰 메시지"};
  made.level = level;
  made.outcome = Outcome::Inconclusive;
  made.reason = {"reason.late-once"};
  made.checks.front().level = level;
  made.checks.front().outcome = level == Level::Must ? Outcome::Fail : Outcome::Warn;
  return made;
}

DiagnosedFault wrong_case() {
  DiagnosedFault found;
  found.fault.name = "swaps-case";
  found.fault.title = {"changes letters", "글자를 바꾼다"};
  found.fault.explanation = {"The reply is made from a changed copy.", "바뀐 사본으로 응답한다."};
  found.fault.hint = {"Send what was received.", "받은 것을 보낸다."};
  found.fault.c = "send(fd, buffer, n, 0);";
  found.confidence = 0.9;
  return found;
}

}  // namespace

CheckReport good_check() { return with({basic(), half_close()}); }

CheckReport bad_check() {
  CheckReport report = with({failed(), half_close(), warned(), late(Level::Should),
                             unjudged("concurrency/two", Outcome::NotRun,
                                      {"reason.explained", {{"scenario", "stream/basic"}}}),
                             unjudged("lifecycle/restart", Outcome::Skipped, {"reason.skipped"})});
  report.diagnosis = {wrong_case()};
  return report;
}

CheckReport known_check() {
  ScenarioResult known = failed();
  known.known = KnownFailure{"half done, see #7", "https://bugs/7"};
  return with({known, half_close()});
}

CheckReport stale_check() {
  CheckReport report = with({basic()});
  report.stale_known = {{"stream/*", {"known.passes"}},
                        {"b/c", {"known.expired", {{"date", "2026-01-31"}}}}};
  report.exit_code = exit_code_of(report);
  return report;
}

CheckReport undecided_check() { return with({basic(), late(Level::Must)}); }

CheckReport invalid_check() {
  CheckReport report =
      with({basic(), unjudged("close/half-close", Outcome::NotRun, {"reason.harness"})});
  report.invalid = Message{"harness.call-failed", {{"error", "Too many open files"}}};
  report.exit_code = exit_code_of(report);
  return report;
}

CheckReport interrupted_check() {
  CheckReport report =
      with({basic(), unjudged("close/half-close", Outcome::NotRun, {"reason.interrupted"})});
  report.interrupted_by = 2;
  report.unexpected_exits = {{"stream/basic", {"exit.code", {{"code", "3"}}}, "bye\n"}};
  report.exit_code = exit_code_of(report);
  return report;
}

CheckReport unreachable_check() {
  CheckReport report = with({unjudged("stream/basic", Outcome::NotRun, {"reason.no-server"}),
                             unjudged("close/half-close", Outcome::NotRun, {"reason.no-server"})});
  report.invalid = Message{"error.text", {{"text", "nobody listens on 127.0.0.1:7"}}};
  report.exit_code = kUnreachable;  // of that error
  return report;
}

std::string hostile_text() {
  using namespace std::string_literals;
  return "</script><script>alert(1)</script> ]]> <!-- &amp; </failure></details>\x1b[31mred\x1b[0m "
         "\0\x08\x7F\xFF\xC3 \xEF\xBF\xBE \xED\xA0\x80 \xE2\x80\xAE"
         "drow \xEC\x95\x88 | a | b `x` ``` @all #1 %0A ,title=x::y\r\n"
         "::error::forged\n```\n````\n~~~\n# heading\n  ...\n---\nok 9 - forged\n1..0\nBail out! forged\n"s;
}

CheckReport hostile_check(std::size_t output) {
  const std::string text = hostile_text();
  ScenarioResult failure = failed();
  failure.scenario = "stream/" + text;
  failure.title = {text, text};
  failure.hint = {text, text};
  failure.explanation = {text, text};
  failure.reason = {text, {{text, text}}};
  failure.cites = {{text, text, text}};
  failure.peers = {text};
  failure.server_gone = Message{"exit.signal", {{"signal", text}, {"name", text}}};
  failure.server_output = text;
  while (failure.server_output.size() < output) failure.server_output += text;
  Check& check = failure.checks.front();
  check.id = check.peer = check.pointer = text;
  check.observed = {"seen.different", {{"offset", text}, {"excerpt", text}}};
  check.difference = Difference{2, 0, text, text};
  ScenarioResult known = failure;
  known.scenario = text;
  known.known = KnownFailure{text, text};
  CheckReport report =
      with({failure, known,
            unjudged("a/skipped", Outcome::Skipped, {"reason.excluded", {{"why", text}}})});
  report.tool_version = report.started_at = report.profile.id = text;
  report.command = report.target.command = {text, "--", text};
  report.unexpected_exits = {{text, {text, {{text, text}}}, failure.server_output}};
  report.stale_known = {{text, {text}}};
  report.invalid = Message{"harness.call-failed", {{"error", text}}};
  report.holds_instead = HoldsInstead{"{}", {text}};
  report.diagnosis = {wrong_case()};
  report.diagnosis.front().fault.title = report.diagnosis.front().fault.explanation = {text, text};
  report.exit_code = exit_code_of(report);
  return report;
}

CheckReport in_korean(CheckReport report) {
  report.lang = "ko";
  return report;
}

std::vector<NamedReport> all_checks() {
  return {{"good", good_check()},
          {"bad", bad_check()},
          {"known", known_check()},
          {"stale", stale_check()},
          {"undecided", undecided_check()},
          {"invalid", invalid_check()},
          {"interrupted", interrupted_check()},
          {"unreachable", unreachable_check()},
          {"hostile", hostile_check()}};
}

}  // namespace sockspec::reports::test
