#include "reports/github_annotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/check_report_for_test.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::size_t lines_with(const std::string& text, const std::string& start) {
  std::size_t found = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) found += line.starts_with(start) ? 1 : 0;
  return found;
}

CheckReport with_failures(std::size_t failures) {
  CheckReport report = bad_check();
  const ScenarioResult failure = report.results.front();
  report.results.clear();
  for (std::size_t i = 1; i <= failures; ++i) {
    report.results.push_back(failure);
    report.results.back().scenario = "s/" + std::to_string(i);
  }
  return report;
}

TEST(GithubAnnotationsTest, AServerThatHoldsItsContractIsNoticed) {
  EXPECT_EQ(github_annotations(good_check()),
            "::notice title=sockspec tcp-test::The server holds its contract: 2 of 2 scenarios "
            "passed.\n");
}

TEST(GithubAnnotationsTest, AFailureIsAnError) {
  EXPECT_THAT(
      github_annotations(bad_check()),
      StartsWith("::error title=sockspec stream/basic::What is sent comes back%0Aexpected: "
                 "the same 5 bytes back; came: byte 2 of the reply differs: \"heLlo\"%0Awhy "
                 "this usually happens: look at the letters%0Asockspec check tcp-echo "
                 "--target localhost:7 --only stream/basic --seed 7\n"
                 "::warning title=sockspec latency/prompt::"));
}

TEST(GithubAnnotationsTest, WhatIsKnownOrOnlyInDoubtIsANotice) {
  EXPECT_THAT(github_annotations(bad_check()),
              HasSubstr("\n::notice title=sockspec latency/no-delay::A large message%0Amissed"));
  const std::string known = github_annotations(known_check());
  EXPECT_THAT(known, StartsWith("::notice title=sockspec tcp-test::The server holds its contract"));
  EXPECT_THAT(known, HasSubstr("known failure: half done, see #7"));
}

TEST(GithubAnnotationsTest, ARunThatCouldNotEndIsAnError) {
  EXPECT_THAT(github_annotations(invalid_check()),
              StartsWith("::error title=sockspec run/not-valid::This run is not valid: "));
  EXPECT_THAT(github_annotations(interrupted_check()),
              EndsWith("the server exited with code 3.%0Abye\n"));
}

TEST(GithubAnnotationsTest, TenErrorsAreShownEach) {
  const std::string text = github_annotations(with_failures(10));
  EXPECT_EQ(lines_with(text, "::error "), 10U);
  EXPECT_THAT(text, Not(HasSubstr("would not show")));
}

TEST(GithubAnnotationsTest, TheTenthOfMoreTellsTheRest) {
  const std::string text = github_annotations(with_failures(12));
  EXPECT_EQ(lines_with(text, "::error "), 10U);
  EXPECT_THAT(text, HasSubstr("::error title=sockspec tcp-test::3 more that GitHub would not show: "
                              "s/10, s/11, s/12\n"));
}

TEST(GithubAnnotationsTest, SeparatorsInATitleAreEscaped) {
  CheckReport report = with_failures(1);
  report.results.front().scenario = "a,b:c%0A";
  EXPECT_THAT(github_annotations(report), StartsWith("::error title=sockspec a%2Cb%3Ac%250A::"));
}

TEST(GithubAnnotationsTest, NothingThatAServerPrintsIsACommand) {
  const std::string text = github_annotations(hostile_check());
  EXPECT_EQ(lines_with(text, "::error title=sockspec "), 4U);
  EXPECT_EQ(lines_with(text, "::notice title=sockspec "), 1U);
  EXPECT_EQ(lines_with(text, ""), 5U);
}

}  // namespace
}  // namespace sockspec::reports::test
