#include "reports/standing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "reports/check_report_for_test.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> trouble_names(const CheckReport& report) {
  std::vector<std::string> names;
  for (const RunTrouble& trouble : troubles_of(report)) names.push_back(trouble.name);
  return names;
}

std::vector<Standing> standings(const CheckReport& report) {
  std::vector<Standing> all;
  for (const ScenarioResult& result : report.results) all.push_back(standing_of(report, result));
  return all;
}

TEST(StandingTest, EveryKindOfResult) {
  EXPECT_THAT(standings(bad_check()),
              ElementsAre(Standing::Failed, Standing::Passed, Standing::Warned, Standing::Doubtful,
                          Standing::NotRun, Standing::Skipped));
  EXPECT_THAT(standings(undecided_check()), ElementsAre(Standing::Passed, Standing::Undecided));
  EXPECT_THAT(standings(known_check()), ElementsAre(Standing::Known, Standing::Passed));
}

TEST(StandingTest, WithStrictAWarningFailsAndADoubtAboutAdviceCounts) {
  CheckReport report = bad_check();
  report.strict = true;
  EXPECT_EQ(standing_of(report, report.results[2]), Standing::Failed);
  EXPECT_EQ(standing_of(report, report.results[3]), Standing::Undecided);
}

TEST(TroublesTest, ARunThatEndedByItselfHasNone) {
  EXPECT_THAT(trouble_names(good_check()), IsEmpty());
  EXPECT_THAT(trouble_names(bad_check()), IsEmpty());
  EXPECT_THAT(trouble_names(known_check()), IsEmpty());
  EXPECT_THAT(trouble_names(undecided_check()), IsEmpty());
}

TEST(TroublesTest, EachHasItsName) {
  EXPECT_THAT(trouble_names(stale_check()), ElementsAre("run/known-list"));
  EXPECT_THAT(trouble_names(invalid_check()), ElementsAre("run/not-valid"));
  EXPECT_THAT(trouble_names(interrupted_check()),
              ElementsAre("run/interrupted", "run/server-ended"));
  EXPECT_THAT(trouble_names(unreachable_check()), ElementsAre("run/unreachable"));
}

TEST(TroublesTest, WhereNothingRanThatIsATrouble) {
  CheckReport report = empty_report();
  report.exit_code = exit_code_of(report);
  EXPECT_THAT(trouble_names(report), ElementsAre("run/nothing-ran"));
  report.results = {result("a/b", Outcome::Skipped)};
  EXPECT_THAT(trouble_names(report), ElementsAre("run/nothing-ran"));
}

TEST(TroublesTest, WhatIsMissingWithoutAReasonIsATrouble) {
  CheckReport report = good_check();
  report.results.push_back(result("a/b", Outcome::NotRun));
  report.results.back().reason = {"reason.not-restarted"};
  report.exit_code = exit_code_of(report);
  EXPECT_EQ(report.exit_code, 4);
  ASSERT_THAT(trouble_names(report), ElementsAre("run/not-run"));
  EXPECT_EQ(troubles_of(report).front().text, "Not run: 1 scenario, and no failure explains it.");
  EXPECT_THAT(troubles_of(report).front().details, HasSubstr("the server did not start again"));
}

TEST(TroublesTest, AnExitCodeThatNothingExplainsIsTold) {
  CheckReport report = good_check();
  report.exit_code = 77;
  EXPECT_THAT(trouble_names(report), ElementsAre("run/exit-code"));
}

TEST(TroublesTest, AForgottenExitCodeMakesNothingGreen) {
  CheckReport report = empty_report();
  report.exit_code = 0;
  EXPECT_THAT(trouble_names(report), ElementsAre("run/nothing-ran"));
}

TEST(TroublesTest, TheyAreToldInKorean) {
  EXPECT_EQ(troubles_of(in_korean(unreachable_check())).front().text,
            "서버를 시작할 수 없거나 서버에 연결할 수 없었습니다.");
}

TEST(GroupTest, IsThePartBeforeTheSlash) {
  EXPECT_EQ(group_of("stream/basic"), "stream");
  EXPECT_EQ(group_of("odd"), "odd");
}

}  // namespace
}  // namespace sockspec::reports::test
