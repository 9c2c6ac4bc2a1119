#include "core/load/load_judge.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

// A closed loop in which all went well.
LoadReport good() {
  LoadReport report;
  report.duration = 10s;
  report.total.requests = {1000, 1000, 1000, 1000, 0, 0, 0};
  report.total.verdicts[ReplyVerdict::Ok] = 1000;
  report.total.bytes_sent = 64'000;
  report.total.bytes_received = 64'000;
  report.total.connections = {64, 0, 0, 0, 64, 0, 64};
  report.total.latency.response.record_n(1ms, 1000);
  return report;
}

LoadReport with_schedule(std::uint64_t on_time) {
  LoadReport report = good();
  report.plan.stages = {{Law::Constant, {100}, 10s}};
  report.total.requests.on_time = on_time;
  return report;
}

Threshold threshold(const char* text) { return *parse_threshold(text); }

void unreachable(LoadReport& r) {
  const LoadPlan plan = r.plan;
  r.total.clear();
  r.plan = plan;
  r.total.connections.failed = 64;
}

// The rows are a report that went well, changed in one way or two.
struct Row {
  const char* what;
  std::function<void(LoadReport&)> change;
  int exit_code;
};

void expect_exit_codes(const LoadReport& start, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    LoadReport report = good();
    report.plan = start.plan;
    report.total.requests = start.total.requests;
    row.change(report);
    judge(report);
    EXPECT_EQ(report.exit_code, row.exit_code) << row.what;
  }
}

void give(LoadReport& report, ReplyVerdict verdict) { report.total.verdicts[verdict] = 1; }

TEST(JudgeTest, EveryVerdictButOkFailsTheRun) {
  for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
    LoadReport report = good();
    give(report, entry.value);
    judge(report);
    EXPECT_EQ(report.exit_code, entry.value == ReplyVerdict::Ok ? 0 : 1) << entry.name;
  }
}

TEST(JudgeTest, WhatDecidesTheExitCode) {
  expect_exit_codes(
      good(),
      {{"all well", [](LoadReport&) {}, 0},
       {"a server that went away",
        [](LoadReport& r) {
          r.server_gone = Message{"exit.code", {{"code", "1"}}};
        },
        1},
       {"a reset", [](LoadReport& r) { r.total.connections.reset = 1; }, 1},
       {"an end while it was needed", [](LoadReport& r) { r.total.connections.ended = 1; }, 1},
       {"a connection that failed", [](LoadReport& r) { r.total.connections.failed = 1; }, 0},
       {"a threshold met",
        [](LoadReport& r) { r.plan.thresholds = {threshold("response.p99 < 5ms")}; }, 0},
       {"a threshold missed", [](LoadReport& r) { r.plan.thresholds = {threshold("rate >= 10k")}; },
        1},
       {"a threshold on what was not measured",
        [](LoadReport& r) { r.plan.thresholds = {threshold("lag.p99 < 1s")}; }, 1},
       {"nobody there", unreachable, 3},
       {"nobody there, and interrupted",
        [](LoadReport& r) {
          unreachable(r);
          r.interrupted_by = 2;
        },
        130},
       {"the server died before it took a connection",
        [](LoadReport& r) {
          unreachable(r);
          r.server_gone = Message{"exit.code"};
        },
        1},
       {"this machine failed", [](LoadReport& r) { r.invalid = Message{"harness.call-failed"}; },
        4},
       {"interrupted", [](LoadReport& r) { r.interrupted_by = 15; }, 143},
       {"interrupted, with a wrong reply",
        [](LoadReport& r) {
          r.interrupted_by = 2;
          give(r, ReplyVerdict::Corrupt);
        },
        130}});
}

TEST(JudgeTest, ARunInWhichNothingCameIsNotQuietlyGreen) {
  LoadReport report = good();
  report.total.verdicts = {};
  report.total.requests.answered = 0;
  report.total.requests.unfinished = 64;
  report.total.bytes_received = 0;
  report.total.latency.clear();
  judge(report);
  EXPECT_TRUE(nothing_came(report));
  EXPECT_EQ(report.exit_code, 1);
  report.plan.profile.reply.transform = Transform::None;
  judge(report);
  EXPECT_EQ(report.exit_code, 0);
}

TEST(JudgeTest, AnUnboundUdpPortIsNobodyThere) {
  LoadReport report = good();
  unreachable(report);
  report.plan.profile.transport = Transport::Udp;
  report.total.connections = {64, 0, 0, 0, 64, 0, 64};
  report.total.udp.refused = 3;
  report.total.verdicts[ReplyVerdict::Lost] = 64;
  judge(report);
  EXPECT_EQ(report.exit_code, 3);
  report.total.udp.refused = 0;
  judge(report);
  EXPECT_EQ(report.exit_code, 1);
}

TEST(JudgeTest, AScheduleThatWasNotHeldIsAWarningAndThenInvalid) {
  struct Case {
    std::uint64_t on_time;
    std::size_t warnings;
    bool invalid;
    int exit_code;
  };
  for (const Case& c : {Case{1000, 0, false, 0}, Case{999, 0, false, 0}, Case{998, 1, false, 0},
                        Case{950, 1, false, 0}, Case{949, 0, true, 4}, Case{0, 0, true, 4}}) {
    LoadReport report = with_schedule(c.on_time);
    judge(report);
    EXPECT_EQ(report.warnings.size(), c.warnings) << c.on_time;
    EXPECT_EQ(report.invalid.has_value(), c.invalid) << c.on_time;
    EXPECT_EQ(report.exit_code, c.exit_code) << c.on_time;
  }
}

TEST(JudgeTest, TheShareIsRoundedDown) {
  LoadReport report = with_schedule(99'899);
  report.total.requests.due = 100'000;
  judge(report);
  ASSERT_EQ(report.warnings.size(), 1U);
  EXPECT_EQ(report.warnings[0].param("percent"), "99.89");
}

TEST(JudgeTest, InAnInvalidRunOnlyWrongBytesAreProof) {
  expect_exit_codes(
      with_schedule(100),
      {{"late", [](LoadReport& r) { give(r, ReplyVerdict::Late); }, 4},
       {"lost", [](LoadReport& r) { give(r, ReplyVerdict::Lost); }, 4},
       {"a threshold", [](LoadReport& r) { r.plan.thresholds = {threshold("rate > 1M")}; }, 4},
       {"corrupt", [](LoadReport& r) { give(r, ReplyVerdict::Corrupt); }, 1},
       {"cross-talk", [](LoadReport& r) { give(r, ReplyVerdict::CrossTalk); }, 1},
       {"reset", [](LoadReport& r) { give(r, ReplyVerdict::Reset); }, 1},
       {"the server is gone", [](LoadReport& r) { r.server_gone = Message{"exit.code"}; }, 1},
       {"nobody there", unreachable, 3}});
}

TEST(JudgeTest, AServerThatHoldsRequestsUpDoesNotMakeTheRunInvalid) {
  LoadReport report = with_schedule(1000);
  report.total.requests.blocked = 1000;
  judge(report);
  EXPECT_FALSE(report.invalid);
  EXPECT_EQ(report.exit_code, 0);
  report.total.requests.not_sent = 900;
  judge(report);
  EXPECT_FALSE(report.invalid);
  EXPECT_EQ(report.warnings.size(), 1U);
}

TEST(JudgeTest, AServerThatIsSlowToReadDoesNotExcuseALateGenerator) {
  LoadReport report = with_schedule(500);
  report.total.requests.blocked = 500;  // of those that were on time
  judge(report);
  EXPECT_TRUE(report.invalid);
}

TEST(JudgeTest, WhatOurOwnSocketDroppedIsNotTheServersFault) {
  LoadReport report = good();
  report.plan.profile.transport = Transport::Udp;
  report.total.udp.client_drops = 3;
  report.total.verdicts[ReplyVerdict::Lost] = 3;
  judge(report);
  EXPECT_EQ(report.exit_code, 0);
  ASSERT_EQ(report.warnings.size(), 1U);
  EXPECT_EQ(report.warnings[0].id, "load.own-drops");
  report.total.verdicts[ReplyVerdict::Lost] = 4;
  judge(report);
  EXPECT_EQ(faults(report), 1U);
  EXPECT_EQ(report.exit_code, 1);
}

TEST(JudgeTest, ProcessorTimeThatOthersTookIsWarnedOfOnce) {
  LoadReport report = good();
  report.generator.stolen = 499ms;  // below five percent of 10 s
  report.generator.throttled = 1s;
  judge(report);
  judge(report);
  ASSERT_EQ(report.warnings.size(), 1U);
  EXPECT_EQ(report.warnings[0].id, "load.throttled");
  EXPECT_EQ(report.warnings[0].param("percent"), "10");
  EXPECT_EQ(report.exit_code, 0);
}

TEST(JudgeTest, ToJudgeAgainChangesNothing) {
  LoadReport report = with_schedule(997);
  report.total.requests.not_sent = 1;
  report.total.connections.failed = 2;
  report.total.latency.response.record(70s);
  report.generator.waited = 1s;
  report.warnings = {{"error.text", {{"text", "of the runner"}}}};
  report.plan.thresholds = {threshold("errors == 0"), threshold("rate > 1M")};
  judge(report);
  const std::vector<Message> warnings = report.warnings;
  EXPECT_EQ(warnings.size(), 6U);
  judge(report);
  EXPECT_EQ(report.warnings, warnings);
  EXPECT_EQ(report.thresholds.size(), 2U);
}

TEST(JudgeTest, WhenPartsAreMergedTheWholeIsJudged) {
  LoadReport report = with_schedule(900);
  judge(report);
  EXPECT_EQ(report.exit_code, 4);
  report.total.requests.due += 99'000;
  report.total.requests.on_time += 99'000;
  report.total.requests.answered += 99'000;
  judge(report);
  EXPECT_FALSE(report.invalid);
  EXPECT_EQ(report.exit_code, 0);
}

TEST(JudgeTest, WhatMadeTheRunInvalidBeforeStays) {
  LoadReport report = good();
  report.invalid = Message{"harness.call-failed", {{"error", "no descriptors"}}};
  judge(report);
  ASSERT_TRUE(report.invalid);
  EXPECT_EQ(report.invalid->id, "harness.call-failed");
}

TEST(LoadJudgeTest, AConnectionThatDidNotAnswerBeforeTheRunIsADoubt) {
  LoadReport report = good();
  report.total.connections.verified = 63;
  judge(report);
  EXPECT_EQ(report.exit_code, 5);
  EXPECT_EQ(report.warnings,
            (std::vector<Message>{{"load.not-verified", {{"count", "1"}, {"all", "64"}}}}));
}

TEST(LoadJudgeTest, WithAConnectionForEachRequestNoneIsVerifiedBefore) {
  LoadReport report = good();
  report.plan.shape = Shape::Churn;
  report.total.connections.verified = 0;
  judge(report);
  EXPECT_EQ(report.exit_code, 0);
}

TEST(LoadJudgeTest, ScenariosBesideTheLoadThatShowNothingAreADoubt) {
  const auto code = [](std::vector<UnderLoad> results) {
    LoadReport report = good();
    report.plan.check_under_load = true;
    report.under_load = std::move(results);
    judge(report);
    return report.exit_code;
  };
  EXPECT_EQ(code({}), 5);
  EXPECT_EQ(code({{"a/b", Outcome::NotRun, {}, {}, {}}}), 5);
  EXPECT_EQ(code({{"a/b", Outcome::Pass, {}, {}, {}}, {"a/c", Outcome::NotRun, {}, {}, {}}}), 0);
  EXPECT_EQ(code({{"a/b", Outcome::Pass, {}, {}, {}}, {"a/c", Outcome::Inconclusive, {}, {}, {}}}),
            5);
  EXPECT_EQ(code({{"a/b", Outcome::Pass, {}, {}, {}}, {"a/c", Outcome::Fail, {}, {}, {}}}), 1);
}

TEST(LoadJudgeTest, ASearchThatFoundNothingIsNoSuccessOfItsLastRun) {
  const auto code = [](Capacity::Kind kind, double low) {
    LoadReport report = good();
    report.capacity.emplace();
    report.capacity->result = {kind, low, std::nullopt};
    judge(report);
    return report.exit_code;
  };
  EXPECT_EQ(code(Capacity::Kind::Found, 1000), 0);
  EXPECT_EQ(code(Capacity::Kind::AboveMost, 1000), 0);
  EXPECT_EQ(code(Capacity::Kind::GeneratorLimited, 1000), 0);
  EXPECT_EQ(code(Capacity::Kind::GeneratorLimited, 0), 4);
  EXPECT_EQ(code(Capacity::Kind::BelowLeast, 0), 1);
  EXPECT_EQ(code(Capacity::Kind::Unclear, 1000), 5);
}

}  // namespace
}  // namespace sockspec::load
