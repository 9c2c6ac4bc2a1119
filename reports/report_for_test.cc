#include "reports/report_for_test.h"

#include <cassert>
#include <chrono>

#include "scenario/parse_profile.h"

namespace sockspec::reports::test {

using namespace std::chrono_literals;

CheckReport empty_report() {
  CheckReport report;
  report.tool_version = "1.2.3";
  report.started_at = "2026-11-21T10:00:00Z";
  report.command = {"sockspec", "check", "tcp-echo", "--target", "localhost:7"};
  report.target.address = "127.0.0.1:7";
  const auto profile = scenario::parse_profile(
      R"({"profile": "tcp-test", "title": {"en": "Echo"}, "source": "a test", "transport": "tcp",
          "reply": {"transform": "identity"}, "framing": "stream", "ends": "client", "speaks_first": false,
          "encoding": "binary", "concurrency": "concurrent"})",
      "test");
  assert(profile.ok());
  report.profile = *profile;
  report.seed = 7;
  return report;
}

TranscriptEntry entry(Instant at, Entry kind, std::uint64_t size, const std::string& bytes) {
  TranscriptEntry made;
  made.at = at;
  made.kind = kind;
  made.size = size;
  made.bytes = bytes;
  return made;
}

ScenarioResult result(const std::string& id, Outcome outcome) {
  ScenarioResult made;
  made.scenario = id;
  made.title.en = "A scenario";
  made.outcome = outcome;
  made.runs = 1;
  return made;
}

ScenarioResult failed_echo() {
  ScenarioResult made = result("stream/basic", Outcome::Fail);
  made.failed_runs = 1;
  made.peers = {"a"};
  made.hint.en = "look at the letters";
  made.cites = {{"RFC 862", "TCP Based Echo Service", "any data received is sent back"}};
  made.transcript = {entry(0ms, Entry::Begin),     entry(0ms, Entry::Connect),
                     entry(1ms, Entry::Connected), entry(1ms, Entry::Write, 5, "hello"),
                     entry(1ms, Entry::Sent, 5),   entry(2ms, Entry::Received, 5, "heLlo")};
  Check check;
  check.id = "reply";
  check.outcome = Outcome::Fail;
  check.expected = {"expect.same", {{"bytes", "5"}}};
  check.observed = {"seen.different", {{"offset", "2"}, {"excerpt", "\"heLlo\""}}};
  check.at = 2ms;
  check.peer = "a";
  check.pointer = "/steps/1";
  check.difference = Difference{2, 0, "hello", "heLlo"};
  made.checks = {check};
  return made;
}

CheckReport full_report() {
  CheckReport report = empty_report();
  report.os = "Linux";
  report.kernel = "6.1";
  report.cpus = 2;
  report.environment.figures["tcp_wmem.max"] = 4U << 20U;
  report.environment.scale = 1.25;
  report.target = {{"./server", "{port}"}, "127.0.0.1:20001", 4711, false};
  report.strict = true;
  report.lang = "ko";
  report.scenarios_folder = "my/scenarios";
  report.interrupted_by = 2;
  report.invalid = Message{"harness.call-failed", {{"error", "Too many open files"}}};
  report.duration = 1'234'567us;
  report.exit_code = 130;
  report.unexpected_exits = {
      {"stream/basic", {"exit.code", {{"code", "3"}}}, std::string("\xFF\0bye", 5)}};
  report.holds_instead = HoldsInstead{report.profile.json, {"instead.lines"}};
  report.stale_known = {{"a/*", {"known.passes"}},
                        {"b/c", {"known.expired", {{"date", "2026-01-31"}}}}};
  ScenarioResult failed = failed_echo();
  failed.reason = {"reason.damaged"};
  failed.title.ko = "시나리오";
  failed.duration = 3ms;
  failed.known = KnownFailure{"half done", "https://bugs/1"};
  failed.server_gone = Message{"exit.signal", {{"signal", "11"}, {"name", "Segmentation fault"}}};
  failed.server_output = "\x1b[31mred\x1b[0m\n안녕 \xC3";
  failed.scale = 2.5;
  failed.checks.front().timing_only = true;
  failed.checks.front().difference->received = std::string("he\0lo", 5);
  failed.transcript.back().claim = {2, 1};
  failed.transcript.back().from = "127.0.0.2:9";
  TranscriptEntry broke = entry(3ms, Entry::Broke);
  broke.breakage = Breakage::Reset;
  broke.call = Call::Send;
  broke.text = "Broken pipe";
  TranscriptEntry gone = entry(4ms, Entry::ServerGone);
  gone.how = {"exit.code", {{"code", "3"}}};
  failed.transcript.push_back(broke);
  failed.transcript.push_back(gone);
  report.results = {failed, result("a/pass", Outcome::Pass), result("a/not-run", Outcome::NotRun)};
  return report;
}

}  // namespace sockspec::reports::test
