#include "core/load/under_load.h"

#include <gtest/gtest.h>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

ScenarioResult failed(bool timing_only, std::optional<Duration> late_by = {}) {
  Check check;
  check.outcome = Outcome::Fail;
  check.expected = {"expect.median"};
  check.observed = {"seen.nothing"};
  check.timing_only = timing_only;
  check.late_by = late_by;
  ScenarioResult result;
  result.scenario = "stream/basic";
  result.outcome = Outcome::Fail;
  result.checks = {check};
  return result;
}

Tally replies_within(Duration time) {
  Tally load;
  load.latency.response.record(time);
  return load;
}

TEST(UnderLoadTest, WrongBytesAreWrongHoweverBusyTheServerIs) {
  const UnderLoad told = under_load(failed(false), replies_within(10s));
  EXPECT_EQ(told.outcome, Outcome::Fail);
  EXPECT_EQ(told.scenario, "stream/basic");
  EXPECT_EQ(told.expected, Message{"expect.median"});
  EXPECT_EQ(told.observed, Message{"seen.nothing"});
}

TEST(UnderLoadTest, AReplyThatNeverCameIsAFailureWhereTheLoadHadItsRepliesQuickly) {
  EXPECT_EQ(under_load(failed(true), replies_within(5ms)).outcome, Outcome::Fail);
}

TEST(UnderLoadTest, WhereTheLoadWaitedTooLateIsNoFinding) {
  const UnderLoad told = under_load(failed(true), replies_within(300ms));
  EXPECT_EQ(told.outcome, Outcome::Inconclusive);
  EXPECT_EQ(told.reason, Message{"reason.late-under-load"});
  Tally lost = replies_within(5ms);
  ++lost.verdicts[ReplyVerdict::Lost];
  EXPECT_EQ(under_load(failed(true), lost).outcome, Outcome::Inconclusive);
  EXPECT_EQ(under_load(failed(true), Tally()).outcome, Outcome::Inconclusive);  // no reply at all
}

TEST(UnderLoadTest, AFewMillisecondsAreNoFindingBesideALoad) {
  EXPECT_EQ(under_load(failed(true, 1ms), replies_within(5ms)).outcome, Outcome::Inconclusive);
}

TEST(UnderLoadTest, WhatWasNotRunKeepsItsReason) {
  ScenarioResult result;
  result.outcome = Outcome::NotRun;
  result.reason = {"reason.no-server"};
  EXPECT_EQ(under_load(result, Tally()).outcome, Outcome::NotRun);
  EXPECT_EQ(under_load(result, Tally()).reason, Message{"reason.no-server"});
}

}  // namespace
}  // namespace sockspec::load
