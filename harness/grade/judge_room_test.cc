// What is said about a submission, by what was seen in its room.
#include "grade/judge_room.h"

#include <gtest/gtest.h>

#include <csignal>

#include "core/exit_codes.h"

namespace sockspec::grade {
namespace {

ClassPlan plan() {
  ClassPlan plan;
  plan.limits.build = std::chrono::seconds(20);
  plan.limits.total = std::chrono::seconds(90);
  plan.limits.memory = 128ULL << 20U;
  return plan;
}

ChosenRecipe recipe() { return {{{{"make", "clean"}, {"make"}}, {"./server"}}, "", ""}; }

ScenarioResult result(const std::string& id, Level level, Outcome outcome) {
  ScenarioResult result;
  result.scenario = id;
  result.level = level;
  result.outcome = outcome;
  return result;
}

RoomRecord checked(int exit_code, std::vector<ScenarioResult> results) {
  RoomRecord record;
  record.stage = "check";
  record.built = 0;
  record.report = CheckReport{};
  record.report->exit_code = exit_code;
  record.report->results = std::move(results);
  return record;
}

Submission judged(const RoomRecord& record, const ClassPlan& with = plan()) {
  return judge_room(with, "kim", recipe(), record);
}

TEST(JudgeRoomTest, ACheckThatRanToItsEndIsGradedHoweverItEnded) {
  const Submission half = judged(checked(kServerFailed, {result("a", Level::Must, Outcome::Pass),
                                                         result("b", Level::Must, Outcome::Fail)}));
  EXPECT_EQ(half.state, State::Graded);
  EXPECT_TRUE(half.reason.empty());
  EXPECT_EQ(half.points.earned, 50'00);
  EXPECT_EQ(half.failed, std::vector<std::string>{"b"});
  EXPECT_EQ(half.counts.at(Outcome::Pass), 1U);
}

TEST(JudgeRoomTest, ABuildThatFailsNamesTheCommandAndShowsItsOutput) {
  RoomRecord record;
  record.stage = "build";
  record.step = 1;
  record.built = 2;
  record.output = "server.c:1: error";
  const Submission failed = judged(record);
  EXPECT_EQ(failed.state, State::BuildFailed);
  EXPECT_EQ(failed.reason, (Message{"build.failed", {{"command", "make"}, {"code", "2"}}}));
  EXPECT_EQ(failed.output, "server.c:1: error");
  EXPECT_EQ(failed.points.earned, 0);
}

TEST(JudgeRoomTest, ABuildWithoutEndSaysHowLongItHad) {
  RoomRecord record;
  record.stage = "build";
  record.built = kSignalBase + SIGKILL;
  EXPECT_EQ(judged(record).reason,
            (Message{"build.time", {{"command", "make clean"}, {"seconds", "20"}}}));
}

Message exited(const std::string& said) {
  return {"start.exited", {{"code", "1"}, {"words", "start.said"}, {"said", said}}};
}

TEST(JudgeRoomTest, AServerThatNeverListenedDidNotStartAndItsWordsAreKept) {
  RoomRecord record = checked(kUnreachable, {});
  record.report->invalid = exited("\n  File 4\nSyntaxError: x\n");
  const Submission silent = judged(record);
  EXPECT_EQ(silent.state, State::DidNotStart);
  EXPECT_EQ(silent.reason, exited(" SyntaxError: x"));
  EXPECT_EQ(silent.output, "  File 4\nSyntaxError: x\n");
  EXPECT_EQ(silent.points.earned, 0);
}

TEST(JudgeRoomTest, AnErrorIsNamedByTheLastLineThatIsNotIndented) {
  RoomRecord record = checked(kUnreachable, {});
  record.report->invalid = exited("\nBindException: in use\n\tat Server.main(3)\n");
  EXPECT_EQ(judged(record).reason, exited(" BindException: in use"));
  record.report->invalid = exited("\n\tat a\n\tat b\n");
  EXPECT_EQ(judged(record).reason, exited(" at b"));
}

TEST(JudgeRoomTest, OfATextOnlyTheFirstLineIsAReason) {
  RoomRecord record = checked(kInvalid, {});
  record.report->invalid = Message{"error.text", {{"text", "no descriptors\nleft"}}};
  EXPECT_EQ(judged(record).reason, (Message{"error.text", {{"text", "no descriptors"}}}));
}

TEST(JudgeRoomTest, AServerThatEndedAfterAScenarioDoesNotEarnItsPoints) {
  RoomRecord record = checked(kServerFailed, {result("a", Level::Must, Outcome::Pass),
                                              result("b", Level::Must, Outcome::Pass)});
  record.report->unexpected_exits = {{"a", {"exit.signal"}, ""}};
  const Submission died = judged(record);
  EXPECT_EQ(died.points.earned, 50'00);
  EXPECT_EQ(died.failed, std::vector<std::string>{"a"});
}

TEST(JudgeRoomTest, WhatWasSeenBeforeALimitCounts) {
  RoomRecord record = checked(kSignalBase + SIGTERM, {result("a", Level::Must, Outcome::Pass),
                                                      result("b", Level::Must, Outcome::NotRun)});
  record.report->interrupted_by = SIGTERM;
  const Submission late = judged(record);
  EXPECT_EQ(late.state, State::OverLimit);
  EXPECT_EQ(late.reason, (Message{"limit.total", {{"seconds", "90"}}}));
  EXPECT_EQ(late.points.earned, 50'00);
  record.stopped = Stopped::Memory;
  EXPECT_EQ(judged(record).reason, (Message{"limit.memory", {{"mebibytes", "128"}}}));
}

TEST(JudgeRoomTest, WhatThisMachineFailedAtEarnsNothingAndTakesNothing) {
  for (const int code : {kInvalid, kUsage}) {
    const Submission failed = judged(checked(code, {}));
    EXPECT_EQ(failed.state, State::Error);
    EXPECT_EQ(failed.points.earned, std::nullopt);
  }
  RoomRecord nothing;
  nothing.said = "bwrap: No such file";
  EXPECT_EQ(judged(nothing).state, State::Error);
  EXPECT_EQ(judged(nothing).reason.param("text"), "bwrap: No such file");
}

TEST(JudgeRoomTest, LatenessTakesItsPart) {
  ClassPlan late = plan();
  late.late = LatePlan{10, 50, {{"kim", 2}}};
  const Submission submission =
      judged(checked(kHolds, {result("a", Level::Must, Outcome::Pass)}), late);
  EXPECT_EQ(submission.points.earned, 80'00);
}

}  // namespace
}  // namespace sockspec::grade
