#include "core/load/merge.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/load/rank_figures.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

LoadReport shard(std::uint64_t index, std::uint64_t count) {
  LoadReport report;
  report.plan.profile.id = "tcp-echo";
  report.plan.shard = {index, count};
  report.plan.connections = 10;
  report.duration = 2s;
  report.total.requests.sent = 100 + index;
  report.total.verdicts[ReplyVerdict::Ok] = 90 + index;
  for (std::uint64_t i = 0; i <= 50 * index; ++i)
    report.total.latency.response.record(Duration(1000 * (i + 1) + static_cast<int>(index)));
  report.intervals.push_back({0s, 1s, 50, 45, 1, 1ms, 2ms, 3ms});
  return report;
}

std::vector<LoadReport> shards(std::initializer_list<std::uint64_t> order, std::uint64_t count) {
  std::vector<LoadReport> all;
  for (const std::uint64_t index : order) all.push_back(shard(index, count));
  return all;
}

std::string error_of(std::vector<LoadReport> reports) {
  const Result<LoadReport> merged = merge(std::move(reports));
  return merged ? "none" : merged.error().text;
}

TEST(MergeTest, CountersAndBucketsAreAdded) {
  Tally expected;
  for (const std::uint64_t index : {0U, 1U, 2U}) expected.add(shard(index, 3).total);
  const Result<LoadReport> merged = merge(shards({0, 1, 2}, 3));
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->total.requests, expected.requests);
  EXPECT_EQ(merged->total.verdicts, expected.verdicts);
  EXPECT_TRUE(std::ranges::equal(merged->total.latency.response.counts(),
                                 expected.latency.response.counts()));
  EXPECT_EQ(merged->total.latency.response.mean(), expected.latency.response.mean());
  EXPECT_EQ(merged->plan.connections, 30U);
}

TEST(MergeTest, TheOrderOfTheFilesDoesNotMatter) {
  const Result<LoadReport> a = merge(shards({0, 1, 2}, 3));
  const Result<LoadReport> b = merge(shards({2, 0, 1}, 3));
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->total.requests, b->total.requests);
  EXPECT_EQ(a->total.latency.response.max(), b->total.latency.response.max());
}

TEST(MergeTest, PercentilesOfASecondAreNotAdded) {
  const Result<LoadReport> merged = merge(shards({0, 1}, 2));
  ASSERT_TRUE(merged.ok());
  ASSERT_EQ(merged->intervals.size(), 1U);
  EXPECT_EQ(merged->intervals[0].sent, 100U);
  EXPECT_EQ(merged->intervals[0].max, 3ms);
  EXPECT_FALSE(merged->intervals[0].p99);
}

TEST(MergeTest, OneReportOfAWholeRunStaysAsItIs) {
  const Result<LoadReport> merged = merge(shards({0}, 1));
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->intervals[0].p99, 2ms);
  EXPECT_TRUE(merged->ranks.empty());
}

TEST(MergeTest, TheTableHasALineForEachShard) {
  std::vector<LoadReport> parts = shards({1, 0}, 2);
  parts[0].ranks = {rank_figures(parts[0])};
  parts[0].ranks[0].host = "load2";
  const Result<LoadReport> merged = merge(std::move(parts));
  ASSERT_TRUE(merged.ok());
  ASSERT_EQ(merged->ranks.size(), 2U);
  EXPECT_EQ(merged->ranks[0].rank, 0U);
  EXPECT_EQ(merged->ranks[0].host, "") << "an older report does not tell its machine";
  EXPECT_EQ(merged->ranks[0].ok, 90U);
  EXPECT_EQ(merged->ranks[1].host, "load2");
  EXPECT_EQ(merged->ranks[1].sent, 101U);
}

TEST(MergeTest, IdleConnectionsMayNotDivideEvenly) {
  std::vector<LoadReport> parts = shards({0, 1}, 2);
  parts[0].plan.idle = 3;
  parts[1].plan.idle = 2;
  const Result<LoadReport> merged = merge(std::move(parts));
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->plan.idle, 5U);
  parts = shards({0, 1}, 2);
  parts[0].plan.idle = 4;
  parts[1].plan.idle = 2;
  EXPECT_EQ(error_of(std::move(parts)),
            "shard 2 of 2 is of another run: the number of idle connections differs from that of "
            "shard 1 of 2");
}

TEST(MergeTest, AMissingShardIsNamedByWhatIsThere) {
  EXPECT_EQ(error_of(shards({0, 1}, 3)),
            "there are 2 reports, and one is shard 1 of 3; give all shards of one run");
  EXPECT_EQ(error_of(shards({1, 1}, 2)), "two reports are shard 2 of 2");
  EXPECT_EQ(error_of({}), "there is no report to merge");
}

TEST(MergeTest, AShardOfAnotherRunIsRefused) {
  std::vector<LoadReport> mixed = shards({0, 1}, 2);
  mixed[1].plan.seed = 7;
  EXPECT_EQ(error_of(std::move(mixed)),
            "shard 2 of 2 is of another run: the seed differs from that of shard 1 of 2");
}

TEST(MergeTest, SecondsAreAddedByTimeAndNotByNumber) {
  LoadReport a = shard(0, 2);
  LoadReport b = shard(1, 2);
  a.intervals = {{0s, 1s, 10, 10, 0, {}, {}, {}}, {1s, 1s, 10, 10, 0, {}, {}, {}}};
  b.intervals = {{3ms, 500ms, 1, 1, 0, {}, {}, {}},
                 {503ms, 500ms, 1, 1, 0, {}, {}, {}},
                 {1003ms, 1s, 1, 1, 0, {}, {}, {}}};
  std::vector<LoadReport> shards;
  shards.push_back(std::move(a));
  shards.push_back(std::move(b));
  const auto merged = merge(std::move(shards));
  ASSERT_TRUE(merged.ok());
  ASSERT_EQ(merged->intervals.size(), 3U);
  EXPECT_EQ(merged->intervals[0].sent, 11U);
  EXPECT_EQ(merged->intervals[1].sent, 1U);
  EXPECT_EQ(merged->intervals[2].sent, 11U);
}

}  // namespace
}  // namespace sockspec::load
