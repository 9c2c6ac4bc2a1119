#include "core/load/capacity.h"

#include <gtest/gtest.h>

#include <utility>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

// 1,000 requests, each answered after 2 ms, at a rate that was held.
LoadReport right_run() {
  LoadReport report;
  report.plan.stages = {{Law::Constant, {1000}, 1s}};
  report.duration = 1s;
  report.plan.connections = 1;
  report.total.connections.opened = report.total.connections.verified = 1;
  report.total.requests.due = report.total.requests.sent = 1000;
  report.total.requests.on_time = report.total.requests.answered = 1000;
  report.total.bytes_received = 1000;
  report.total.verdicts[ReplyVerdict::Ok] = 1000;
  report.total.latency.response.record_n(2ms, 1000);
  return report;
}

TrialOutcome outcome(LoadReport report, const char* objective = "response.p99 < 5ms") {
  judge(report);
  return outcome_of_trial(report, *parse_objective(objective));
}

TEST(CapacityTest, RightRepliesWithinTheLimitHold) {
  EXPECT_EQ(outcome(right_run()), TrialOutcome::Holds);
  EXPECT_EQ(outcome(right_run(), "errors == 0"), TrialOutcome::Holds);
}

TEST(CapacityTest, ALimitThatIsMissedFails) {
  EXPECT_EQ(outcome(right_run(), "response.p99 < 1ms"), TrialOutcome::Fails);
}

TEST(CapacityTest, AWrongReplyFailsHoweverFast) {
  LoadReport report = right_run();
  ++report.total.verdicts[ReplyVerdict::Corrupt];
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::Fails);
}

TEST(CapacityTest, ALostReplyFails) {
  LoadReport report = right_run();
  ++report.total.verdicts[ReplyVerdict::Lost];
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::Fails);
}

TEST(CapacityTest, WhatCouldNotBeSentBecauseTooManyWereUnansweredFails) {
  LoadReport report = right_run();
  report.total.requests.not_sent = 1;
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::Fails);
}

TEST(CapacityTest, AServerThatWentAwayFails) {
  LoadReport report = right_run();
  report.server_gone = Message{"exit.code", {{"code", "1"}}};
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::Fails);
}

TEST(CapacityTest, ARateThatWeDidNotOfferSaysNothingAboutTheServer) {
  LoadReport report = right_run();
  report.total.requests.on_time = 500;
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::GeneratorLimited);
}

TEST(CapacityTest, PortsThatRanOutHereSayNothingAboutTheServer) {
  LoadReport report = right_run();
  report.total.connections.not_here = report.total.requests.not_sent = 5;
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::GeneratorLimited);
}

TEST(CapacityTest, AScenarioThatFailedBesideTheLoadFails) {
  LoadReport report = right_run();
  report.under_load = {{"stream/basic", Outcome::Fail, {}, {}, {}}};
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::Fails);
}

TEST(CapacityTest, AWrongReplyFailsEvenWhereWeWereSlow) {
  LoadReport report = right_run();
  report.total.requests.on_time = 500;
  ++report.total.verdicts[ReplyVerdict::CrossTalk];
  EXPECT_EQ(outcome(std::move(report)), TrialOutcome::Fails);
}

TEST(CapacityTest, OnlyWhatGetsWorseWithLoadCanBeSearchedFor) {
  for (const char* const text :
       {"response.p99 < 5ms", "service.max <= 1s", "late == 0", "not_sent == 0"})
    EXPECT_TRUE(parse_objective(text).ok()) << text;
  for (const char* const text : {"rate > 10k", "response.p99 > 5ms", "sent < 5", "adherence > 99%",
                                 "errors == 3", "lost < 10"}) {
    const Result<Threshold> objective = parse_objective(text);
    ASSERT_FALSE(objective.ok()) << text;
    EXPECT_EQ(objective.error().text,
              "--find-rate \"" + std::string(text) +
                  "\": what is searched for must get worse with more load and have an upper limit, "
                  "such as 'response.p99 < 5ms' or 'late == 0'");
  }
}

TEST(CapacityTest, AMistypedObjectiveNamesTheOption) {
  EXPECT_EQ(parse_objective("respons.p99 < 5ms").error().text.substr(0, 32),
            "--find-rate \"respons.p99 < 5ms\":");
}

}  // namespace
}  // namespace sockspec::load
