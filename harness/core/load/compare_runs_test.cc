#include "core/load/compare_runs.h"

#include <gtest/gtest.h>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

// Runs of a second with so many right replies each.
std::vector<LoadReport> runs(std::initializer_list<std::uint64_t> answered) {
  std::vector<LoadReport> all;
  for (const std::uint64_t count : answered) {
    LoadReport report;
    report.plan.profile.id = "tcp-echo";
    report.plan.duration = report.duration = 1s;
    report.total.requests.sent = report.total.requests.answered = count;
    report.total.verdicts[ReplyVerdict::Ok] = count;
    all.push_back(std::move(report));
  }
  return all;
}

std::vector<NamedRun> named(const std::vector<LoadReport>& reports, const std::string& letter) {
  std::vector<NamedRun> all;
  for (const LoadReport& report : reports)
    all.push_back({letter + std::to_string(all.size() + 1), &report});
  return all;
}

std::string error_of(const std::vector<LoadReport>& a, const std::vector<LoadReport>& b,
                     const Metric& metric = AchievedRate{}) {
  const auto compared = compare_runs(named(a, "a"), named(b, "b"), metric, 1);
  return compared ? "none" : compared.error().text;
}

TEST(CompareRunsTest, AHigherRateIsFaster) {
  const auto a = runs({1000, 1010, 990, 1005, 995, 1001});
  const auto b = runs({2000, 2020, 1980, 2010, 1990, 2002});
  const auto compared = compare_runs(named(a, "a"), named(b, "b"), AchievedRate{}, 1);
  ASSERT_TRUE(compared.ok());
  EXPECT_EQ(compared->comparison.finding, Finding::Faster);
  EXPECT_NEAR(compared->comparison.ratio->value, 2.0, 0.01);
  const auto reverse = compare_runs(named(b, "b"), named(a, "a"), AchievedRate{}, 1);
  ASSERT_TRUE(reverse.ok());
  EXPECT_EQ(reverse->comparison.finding, Finding::Slower);
}

TEST(CompareRunsTest, ThreeRunsAreTooFewForAFinding) {
  const auto a = runs({1000, 1010, 990});
  const auto b = runs({2000, 2020, 1980});
  const auto few = compare_runs(named(a, "a"), named(b, "b"), AchievedRate{}, 1);
  ASSERT_TRUE(few.ok());
  EXPECT_EQ(few->comparison.finding, Finding::Inconclusive);
}

TEST(CompareRunsTest, WhatCannotBeComparedIsSaid) {
  const auto a = runs({1000, 1010});
  auto b = runs({2000, 2020});
  b[1].invalid = Message{"load.schedule-missed"};
  EXPECT_EQ(error_of(a, b),
            "b2: the run is not valid, so its figures say nothing; repeat it on a quieter machine "
            "or at a lower rate");
  b = runs({2000, 2020});
  b[0].plan.size = {1, 1};
  EXPECT_EQ(error_of(a, b),
            "b1: the size differs from that of a1; only runs of the same load can be compared");
}

TEST(CompareRunsTest, ARunWithoutRepliesHasNoFigureAndFailed) {
  const auto a = runs({1000, 1010});
  auto b = runs({2000, 2020});
  b[1].total.requests.answered = 0;
  b[1].total.verdicts[ReplyVerdict::Lost] = 1;
  const auto compared = compare_runs(named(a, "a"), named(b, "b"),
                                     LatencyMetric{Series::Response, Statistic::P99}, 1);
  ASSERT_TRUE(compared.ok());
  EXPECT_TRUE(compared->b.empty());  // no latency was recorded in any of them
  EXPECT_EQ(compared->comparison.finding, Finding::Inconclusive);
  EXPECT_EQ(compared->failed_in_b, 1U);
}

TEST(CompareRunsTest, AMetricThatDoesNotExistHasANearestName) {
  EXPECT_TRUE(parse_metric("service.p50").ok());
  const auto wrong = parse_metric("service.p5");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().text,
            "--metric \"service.p5\": there is no such figure; did you mean \"service.p50\"? "
            "(such as response.p99, rate or errors)");
}

}  // namespace
}  // namespace sockspec::load
