// CheckReport: the exit code, and the outcome and score that go with it.
#include "core/check_report.h"

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

ScenarioResult result(Outcome outcome, std::vector<Check> checks = {}) {
  ScenarioResult made;
  made.scenario = "a/b";
  made.outcome = outcome;
  made.checks = std::move(checks);
  return made;
}

// With one scenario that passed, and these.
CheckReport report(std::vector<ScenarioResult> results) {
  CheckReport made;
  made.results = std::move(results);
  made.results.push_back(result(Outcome::Pass, {check(Outcome::Pass)}));
  return made;
}

CheckReport strictly(CheckReport report) {
  report.strict = true;
  return report;
}

ScenarioResult doubtful(Outcome outcome, Level level) {
  return result(Outcome::Inconclusive, {check(Outcome::Pass), check(outcome, level)});
}

TEST(CheckReportTest, PassesAndWarningsHold) {
  EXPECT_EQ(exit_code_of(report({})), 0);
  EXPECT_EQ(exit_code_of(report({result(Outcome::Warn)})), 0);
  EXPECT_EQ(exit_code_of(report({result(Outcome::Skipped)})), 0);
}

TEST(CheckReportTest, AFailureFailsWhateverElseThereIs) {
  EXPECT_EQ(exit_code_of(report({result(Outcome::Fail), result(Outcome::NotRun),
                                 doubtful(Outcome::Fail, Level::Must)})),
            1);
}

TEST(CheckReportTest, AWarningFailsAStrictRun) {
  EXPECT_EQ(exit_code_of(strictly(report({result(Outcome::Warn)}))), 1);
}

TEST(CheckReportTest, ADoubtAboutAMustIsADoubtAboutTheRun) {
  EXPECT_EQ(exit_code_of(report({doubtful(Outcome::Fail, Level::Must)})), 5);
}

TEST(CheckReportTest, ADoubtAboutAdviceIsNone) {
  EXPECT_EQ(exit_code_of(report({doubtful(Outcome::Fail, Level::Should)})), 0);
  EXPECT_EQ(exit_code_of(report({doubtful(Outcome::Warn, Level::Must)})), 0);
}

TEST(CheckReportTest, InAStrictRunADoubtAboutAdviceCounts) {
  EXPECT_EQ(exit_code_of(strictly(report({doubtful(Outcome::Fail, Level::Should)}))), 5);
}

TEST(CheckReportTest, ADoubtWithoutABadCheckIsADoubtAboutTheRun) {
  EXPECT_EQ(exit_code_of(report({result(Outcome::Inconclusive, {check(Outcome::Pass)})})), 5);
  EXPECT_EQ(exit_code_of(report({result(Outcome::Inconclusive)})), 5);
}

TEST(CheckReportTest, ARunOfDoubtfulAdviceAloneHasRun) {
  CheckReport only;
  only.results = {doubtful(Outcome::Fail, Level::Should)};
  EXPECT_EQ(exit_code_of(only), 0);
  EXPECT_EQ(overall_outcome(only), Outcome::Pass);
}

TEST(CheckReportTest, WhereNothingRanNothingHolds) {
  CheckReport none;
  EXPECT_EQ(exit_code_of(none), 2);
  none.results = {result(Outcome::Skipped)};
  EXPECT_EQ(exit_code_of(none), 2);
}

TEST(CheckReportTest, WhatDidNotRunMakesTheRunInvalid) {
  EXPECT_EQ(exit_code_of(report({result(Outcome::NotRun)})), 4);
}

TEST(CheckReportTest, AnUnexpectedExitFails) {
  CheckReport made = report({});
  made.unexpected_exits.push_back({"a/b", {"exit.code", {{"code", "3"}}}, ""});
  EXPECT_EQ(exit_code_of(made), 1);
}

TEST(CheckReportTest, AnInterruptIsToldByItsSignal) {
  CheckReport made = report({result(Outcome::Fail)});
  made.interrupted_by = 2;
  EXPECT_EQ(exit_code_of(made), 130);
}

TEST(CheckReportTest, ADoubtCostsNoPoints) {
  EXPECT_EQ(score_of(report({doubtful(Outcome::Fail, Level::Should)})), 100);
}

TEST(CheckReportTest, ARunThatShowedNothingHasNoPoints) { EXPECT_EQ(score_of(CheckReport()), 0); }

}  // namespace
}  // namespace sockspec
