#include "core/verdict.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

using namespace std::chrono_literals;

Check check(Outcome outcome, Level level = Level::Must) {
  Check made;
  made.id = "reply";
  made.outcome = outcome;
  made.level = level;
  return made;
}

TEST(VerdictTest, AllPassedPasses) {
  EXPECT_EQ(outcome_of({check(Outcome::Pass), check(Outcome::Pass)}), Outcome::Pass);
}

TEST(VerdictTest, NothingObservedIsNotAPass) { EXPECT_EQ(outcome_of({}), Outcome::NotRun); }

TEST(VerdictTest, AFailedMustFails) {
  EXPECT_EQ(outcome_of({check(Outcome::Pass), check(Outcome::Fail)}), Outcome::Fail);
}

TEST(VerdictTest, AFailedShouldWarns) {
  EXPECT_EQ(outcome_of({check(Outcome::Fail, Level::Should)}), Outcome::Warn);
}

TEST(VerdictTest, AFailedMayOnlyInforms) {
  EXPECT_EQ(outcome_of({check(Outcome::Fail, Level::May)}), Outcome::Pass);
}

TEST(VerdictTest, AWarningWarnsAtAnyLevel) {
  EXPECT_EQ(outcome_of({check(Outcome::Warn), check(Outcome::Pass)}), Outcome::Warn);
}

Check connected(Outcome outcome = Outcome::Pass) {
  Check made = check(outcome);
  made.id = "connect";
  return made;
}

TEST(VerdictTest, WhereEverythingButTheConnectionIsSkippedAllIsSkipped) {
  EXPECT_EQ(outcome_of({check(Outcome::Skipped)}), Outcome::Skipped);
  EXPECT_EQ(outcome_of({connected(), check(Outcome::Skipped)}), Outcome::Skipped);
  EXPECT_EQ(outcome_of({check(Outcome::Skipped), check(Outcome::Pass)}), Outcome::Pass);
  EXPECT_EQ(outcome_of({check(Outcome::Skipped), check(Outcome::Fail)}), Outcome::Fail);
  EXPECT_EQ(outcome_of({connected(Outcome::Fail), check(Outcome::Skipped)}), Outcome::Fail);
}

TEST(VerdictTest, AConnectionAloneIsNotSkipped) {
  EXPECT_EQ(outcome_of({connected()}), Outcome::Pass);
}

TEST(VerdictTest, WhatDidNotRunIsWorseThanAPassAndBetterThanAFailure) {
  EXPECT_EQ(outcome_of({check(Outcome::Pass), check(Outcome::NotRun)}), Outcome::NotRun);
  EXPECT_EQ(outcome_of({check(Outcome::Fail), check(Outcome::NotRun)}), Outcome::Fail);
}

TEST(VerdictTest, TheWorseOfTwoIsTheSameEitherWayRound) {
  EXPECT_EQ(worse(Outcome::Fail, Outcome::Inconclusive), Outcome::Fail);
  EXPECT_EQ(worse(Outcome::Inconclusive, Outcome::Fail), Outcome::Fail);
  EXPECT_EQ(worse(Outcome::Warn, Outcome::Inconclusive), Outcome::Inconclusive);
  EXPECT_EQ(worse(Outcome::Skipped, Outcome::Pass), Outcome::Pass);
}

Check late_by(Duration by) {
  Check check;
  check.outcome = Outcome::Fail;
  check.timing_only = true;
  check.late_by = by;
  return check;
}

TEST(VerdictTest, AFewMillisecondsAreNoFindingWhereWeWaitedForAProcessorOurselves) {
  EXPECT_TRUE(explained_by_waiting({late_by(1ms)}, 500us));
  EXPECT_FALSE(explained_by_waiting({late_by(1ms)}, 20us));
  EXPECT_FALSE(explained_by_waiting({late_by(245ms)}, 2ms));  // it sleeps
}

TEST(VerdictTest, AnythingElseThatIsWrongIsNotExplainedByWaiting) {
  Check wrong;
  wrong.outcome = Outcome::Fail;
  EXPECT_FALSE(explained_by_waiting({late_by(1ms), wrong}, 1s));
  EXPECT_FALSE(explained_by_waiting({wrong}, 1s));
  EXPECT_FALSE(explained_by_waiting({Check()}, 1s));  // it passed
  EXPECT_FALSE(explained_by_waiting({}, 1s));
}

}  // namespace
}  // namespace sockspec
