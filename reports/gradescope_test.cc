#include "reports/gradescope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/check_report_for_test.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json written(const CheckReport& report) { return json::parse(gradescope(report)); }

// In hundredths, so that sums are exact.
long sum(const json& tests, const char* key) {
  long all = 0;
  for (const json& test : tests) all += std::lround(test.value(key, 0.0) * 100);
  return all;
}

json test_named(const json& results, const std::string& start) {
  for (const json& test : results.at("tests")) {
    if (test.at("name").get<std::string>().starts_with(start)) return test;
  }
  return {};
}

TEST(GradescopeTest, AllPointsForAServerThatHoldsItsContract) {
  const json results = written(good_check());
  EXPECT_EQ(results.at("score"), 100.0);
  EXPECT_EQ(results.at("execution_time"), 4.321);
  EXPECT_EQ(results.at("stdout_visibility"), "hidden");
  EXPECT_EQ(results.at("output"), "The server holds its contract: 2 of 2 scenarios passed.");
  const json test = test_named(results, "stream/basic: What is sent comes back");
  EXPECT_EQ(test.at("score"), 50.0);
  EXPECT_EQ(test.at("max_score"), 50.0);
  EXPECT_EQ(test.at("status"), "passed");
  EXPECT_EQ(test.at("tags"), json({"stream", "must", "passed"}));
}

TEST(GradescopeTest, MustsShareEightyAndTheOthersTwenty) {
  const json results = written(bad_check());
  EXPECT_EQ(test_named(results, "stream/basic").at("max_score"), 26.66);
  EXPECT_EQ(test_named(results, "stream/basic").at("score"), 0.0);
  EXPECT_EQ(test_named(results, "latency/prompt").at("max_score"), 10.0);
  EXPECT_EQ(test_named(results, "latency/prompt").at("score"), 0.0);
  EXPECT_EQ(test_named(results, "latency/no-delay").at("score"), 10.0);  // only timing
  EXPECT_EQ(test_named(results, "concurrency/two").at("score"), 0.0);
  EXPECT_FALSE(test_named(results, "lifecycle/restart").contains("max_score"));
}

TEST(GradescopeTest, ThePointsAreAlwaysAHundredInAll) {
  for (std::size_t musts = 0; musts < 40; ++musts) {
    for (std::size_t shoulds = musts == 0 ? 1 : 0; shoulds < 8; ++shoulds) {
      CheckReport report = empty_report();
      for (std::size_t i = 0; i < musts; ++i)
        report.results.push_back(result("a/b", Outcome::Pass));
      for (std::size_t i = 0; i < shoulds; ++i) {
        report.results.push_back(result("a/c", i % 2 == 0 ? Outcome::Pass : Outcome::Warn));
        report.results.back().level = Level::Should;
      }
      const json results = written(report);
      EXPECT_EQ(sum(results.at("tests"), "max_score"), 10'000);
      EXPECT_NEAR(results.at("score").get<double>(), score_of(report), 0.05);
      EXPECT_EQ(sum(results.at("tests"), "score"),
                std::lround(results.at("score").get<double>() * 100));
    }
  }
}

TEST(GradescopeTest, AKnownFailureEarnsNothing) {
  const json test = test_named(written(known_check()), "stream/basic");
  EXPECT_EQ(test.at("score"), 0.0);
  EXPECT_THAT(test.at("output").get<std::string>(), HasSubstr("known failure: half done"));
}

TEST(GradescopeTest, ARunThatCouldNotEndSaysThatThePointsAreALowerBound) {
  for (const CheckReport& report : {invalid_check(), interrupted_check(), unreachable_check()}) {
    const json results = written(report);
    EXPECT_THAT(results.at("output").get<std::string>(), HasSubstr("a lower bound"));
    EXPECT_LE(results.at("score"), 50.0);
    EXPECT_EQ(results.at("tests").at(0).at("status"), "failed");
    EXPECT_EQ(results.at("tests").at(0).at("max_score"), 0.0);
  }
}

TEST(GradescopeTest, NothingThatRanEarnsNothing) {
  CheckReport report = empty_report();
  report.exit_code = exit_code_of(report);
  EXPECT_EQ(written(report).at("score"), 0.0);
}

TEST(GradescopeTest, WhatAServerPrintsIsTextAndNothingElse) {
  const json results = written(hostile_check());
  for (const json& test : results.at("tests")) {
    EXPECT_EQ(test.at("output_format"), "text");
    EXPECT_EQ(test.at("visibility"), "visible");
  }
  EXPECT_THAT(test_named(results, "stream/").at("output").get<std::string>(),
              HasSubstr("</script> ]]>"));
}

}  // namespace
}  // namespace sockspec::reports::test
