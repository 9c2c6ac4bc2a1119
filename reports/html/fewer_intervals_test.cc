#include "reports/html/fewer_intervals.h"

#include <gtest/gtest.h>

#include <chrono>

namespace sockspec::reports {
namespace {

using namespace std::chrono_literals;
using load::Interval;

std::vector<Interval> seconds(std::size_t count) {
  std::vector<Interval> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back({1s * i, 1s, 10, 9, 1, 1ms * (i + 1), 2ms * (i + 1), {}});
  return all;
}

TEST(FewerIntervalsTest, AFewStayAsTheyAre) {
  const FewerIntervals fewer = fewer_intervals(seconds(10), 10);
  EXPECT_EQ(fewer.joined, 1U);
  EXPECT_EQ(fewer.intervals.size(), 10U);
}

TEST(FewerIntervalsTest, CountsAreAddedAndTheHighestPercentileIsKept) {
  const FewerIntervals fewer = fewer_intervals(seconds(11), 4);
  EXPECT_EQ(fewer.joined, 3U);
  ASSERT_EQ(fewer.intervals.size(), 4U);
  const Interval& first = fewer.intervals.front();
  EXPECT_EQ(first.length, 3s);
  EXPECT_EQ(first.sent, 30U);
  EXPECT_EQ(first.answered, 27U);
  EXPECT_EQ(first.errors, 3U);
  EXPECT_EQ(first.p99, 6ms);
  EXPECT_FALSE(first.max);
  EXPECT_EQ(fewer.intervals.back().sent, 20U);
}

TEST(FewerIntervalsTest, NeverMoreThanAsked) {
  for (const std::size_t count : {0U, 1U, 599U, 600U, 601U, 86'400U})
    EXPECT_LE(fewer_intervals(seconds(count), 600).intervals.size(), 600U);
}

// 1 reply in the last millisecond is not 1,000 per second.
TEST(FewerIntervalsTest, AScrapAtTheEndJoinsTheOneBefore) {
  std::vector<Interval> all = seconds(2);
  all.push_back({2s, 1ms, 1, 1, 0, {}, {}, {}});
  const FewerIntervals fewer = fewer_intervals(all, 10);
  ASSERT_EQ(fewer.intervals.size(), 2U);
  EXPECT_EQ(fewer.intervals.back().sent, 11U);
  EXPECT_EQ(fewer.intervals.back().length, 1001ms);
}

}  // namespace
}  // namespace sockspec::reports
