#include "reports/load_report_for_test.h"

#include <cassert>
#include <chrono>

#include "scenario/parse_profile.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;
using load::LoadReport;
using load::ReplyVerdict;

Profile echo(const std::string& transport, const std::string& framing) {
  const auto profile = scenario::parse_profile(
      R"({"profile": "test-echo", "title": {"en": "Echo"}, "source": "a test", "transport": ")" +
          transport + R"(", "reply": {"transform": "identity"}, "framing": ")" + framing +
          R"(", "ends": "client", "speaks_first": false, "encoding": "binary",
          "concurrency": "concurrent"})",
      "test");
  assert(profile.ok());
  return *profile;
}

load::Threshold threshold(const char* text) {
  const auto parsed = load::parse_threshold(text);
  assert(parsed.ok());
  return *parsed;
}

LoadReport run() {
  LoadReport report;
  report.tool_version = "1.2.3";
  report.started_at = "2026-11-21T10:00:00Z";
  report.command = {"sockspec", "load", "tcp-echo", "--target", "localhost:7"};
  report.os = "Linux";
  report.kernel = "6.1";
  report.cpus = 2;
  report.target.address = "127.0.0.1:7";
  report.plan.profile = echo("tcp", "stream");
  report.plan.seed = 7;
  report.duration = 10s;
  report.total.connections = {64, 0, 0, 0, 64, 0, 64};
  return report;
}

}  // namespace

LoadReport good_load() {
  LoadReport report = run();
  report.total.requests = {1'234'567, 1'234'567, 1'234'567, 1'234'567, 0, 0, 0};
  report.total.verdicts[ReplyVerdict::Ok] = 1'234'567;
  report.total.bytes_sent = report.total.bytes_received = 64 * 1'234'567;
  for (load::Histogram* const histogram :
       {&report.total.latency.response, &report.total.latency.service}) {
    histogram->record_n(500us, 1'200'000);
    histogram->record_n(1'500us, 34'000);
    histogram->record_n(12ms, 567);
  }
  report.generator.busiest = 0.5;
  judge(report);
  return report;
}

LoadReport bad_load() {
  LoadReport report = run();
  report.plan.stages = {{load::Law::Constant, {1000}, 10s}};
  report.plan.thresholds = {threshold("response.p99 < 5ms"), threshold("corrupt == 0")};
  report.total.requests = {10'000, 10'000, 9'998, 10'000, 0, 0, 0};
  report.total.verdicts[ReplyVerdict::Ok] = 9'963;
  report.total.verdicts[ReplyVerdict::Corrupt] = 35;
  report.total.verdicts[ReplyVerdict::Lost] = 2;
  report.total.latency.response.record_n(999'600ns, 9'998);
  report.total.latency.service.record_n(900us, 9'998);
  report.total.latency.lag.record_n(850ns, 9'998);
  report.examples = {
      {ReplyVerdict::Corrupt, 1234ms, 3, 17, 2, "hello", "heLlo", 0},
      {ReplyVerdict::Corrupt, 2s, 4, 18, 0, "x", "y", 0},
      {ReplyVerdict::Lost, 3s, 5, 19, 0, "", "", 0},
  };
  judge(report);
  return report;
}

LoadReport full_load() {
  LoadReport report = run();
  report.target = {{"./server", "{port}"}, "127.0.0.1:20001", 4711, false};
  report.lang = "ko";
  load::LoadPlan& plan = report.plan;
  plan.profile = echo("udp", "datagram");
  plan.connections = 1000;
  plan.pipeline = 32;
  plan.size = {1, 1400};
  plan.idle = 3;
  plan.write_size = 1;
  plan.read_rate = 1000;
  plan.stages = {{load::Law::Sine, {0.1, 12'345.678}, 60s, 1, 7ms}};
  plan.duration = 60s;
  plan.warmup = 1s;
  plan.threads = 2;
  plan.timeout = 250ms;
  plan.max_in_flight = 5;
  plan.validate = load::Validate::None;
  plan.pace = load::Pace::Spin;
  plan.shape = load::Shape::ChurnReset;
  plan.thresholds = {threshold("lag.p999 <= 1.5us"), threshold("adherence >= 99.9%")};
  plan.shard = {2, 3};
  report.duration = 1'234'567'891ns;
  load::Tally& total = report.total;
  total.requests = {1001, 1002, 1003, 1004, 1005, 1006, 1007};
  std::uint64_t count = 11;
  for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>())
    total.verdicts[entry.value] = count++;
  total.bytes_sent = 1 << 20;
  total.bytes_received = (1 << 20) + 1;
  total.connections = {21, 22, 23, 24, 25, 26, 27};
  total.udp = {31, 32, 33};
  total.latency.response.record_n(61s, 2);
  total.latency.response.record(123'456'789ns);
  total.latency.service.record(1ns);
  report.intervals = {{0s, 1s, 10, 9, 1, 1ms, 2ms, 3ms}, {1s, 234'567'891ns, 0, 0, 0, {}, {}, {}}};
  report.stages = {report.intervals.front()};
  report.plan.check_under_load = true;
  report.under_load = {{"stream/basic", Outcome::Pass, {}, {}, {}}};
  report.ranks = {
      {0, "load1", 600, 501, 502, 503, 504, 505, 99.5, 2ms, 1us, 3s, 0.75, 1200ms, 5us, 0ns},
      {1, "", 400, 500, 500, 500, 500, 0, 100, {}, {}, 4s, 0.5, 1234ms, 45us, 6us}};
  report.capacity = {threshold("response.p99 < 5ms"),
                     {load::Capacity::Kind::Found, 1000, 1050},
                     {{1000, load::TrialOutcome::Holds, 1e6},
                      {2000, load::TrialOutcome::GeneratorLimited, std::nullopt}}};
  report.examples = {{ReplyVerdict::Truncated, 5ns, 1, 2, 12, std::string("he\0lo", 5), "\xFF", 10},
                     {ReplyVerdict::Reset, 6ns, 7, 8, 0, "", "", 0}};
  report.generator = {2s, 3ms, 40ms, 50ms, 4, 5, 6, 7, 0.123456789};
  report.server = load::ServerCost{1500ms, 1'000'000, 2'000'000, 10, {}, 77};
  report.thresholds = {{plan.thresholds[0], {}, false}, {plan.thresholds[1], 99.95, true}};
  report.server_gone = Message{"exit.signal", {{"signal", "11"}, {"name", "Segmentation fault"}}};
  report.server_output = "\x1b[31mred\x1b[0m\n안녕 \xC3";
  report.warnings = {{"load.clamped", {{"count", "2"}}}};
  report.invalid = Message{"harness.call-failed", {{"error", "Too many open files"}}};
  report.bottleneck = load::Bottleneck::Generator;
  report.interrupted_by = 2;
  report.exit_code = 130;
  return report;
}

}  // namespace sockspec::reports::test
