#include "core/verdict.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

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

}  // namespace
}  // namespace sockspec
