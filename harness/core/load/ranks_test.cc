// What several ranks share, and what is known of their clocks.
#include <gtest/gtest.h>

#include "core/load/clock_offset.h"
#include "core/load/rank_figures.h"
#include "core/load/rank_share.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

LoadPlan plan_of(std::size_t connections) {
  LoadPlan plan;
  plan.connections = connections;
  return plan;
}

TEST(RankShare, TheSharesMakeTheWholeAndRemaindersGoToTheFirst) {
  LoadPlan plan = plan_of(10);
  plan.idle = 5;
  plan.max_in_flight = 7;
  std::size_t connections = 0;
  std::size_t idle = 0;
  std::size_t in_flight = 0;
  for (std::size_t rank = 0; rank < 4; ++rank) {
    const Result<LoadPlan> share = rank_share(plan, rank, 4);
    ASSERT_TRUE(share.ok());
    EXPECT_EQ(share->connections, rank < 2 ? 3U : 2U);
    EXPECT_EQ(share->shard.index, rank);
    EXPECT_EQ(share->shard.count, 4U);
    connections += share->connections;
    idle += share->idle;
    in_flight += share->max_in_flight;
  }
  EXPECT_EQ(connections, 10U);
  EXPECT_EQ(idle, 5U);
  EXPECT_EQ(in_flight, 7U);
}

TEST(RankShare, FewerConnectionsThanRanksAreRefused) {
  const Result<LoadPlan> share = rank_share(plan_of(3), 0, 4);
  ASSERT_FALSE(share.ok());
  EXPECT_EQ(share.error().kind, ErrorKind::Usage);
  EXPECT_EQ(share.error().text,
            "--connections 3: there are 4 ranks, and each needs at least one; give --connections 4 "
            "or more, or start fewer ranks");
}

TEST(ClockOffset, TheQuickestAnswerCounts) {
  const std::vector<ClockSample> samples{
      {100us, 5'900us, 1'100us}, {2'000us, 7'010us, 2'020us}, {3'000us, 8'300us, 3'400us}};
  const auto offset = clock_offset(samples);
  ASSERT_TRUE(offset);
  EXPECT_EQ(offset->ahead, 5'000us);
  EXPECT_EQ(offset->error, 10us);
}

TEST(ClockOffset, NothingIsKnownWithoutAnAnswer) { EXPECT_FALSE(clock_offset({})); }

TEST(RankFigures, SkewAndOverlapAreOfTheFirstAndTheLast) {
  RankFigures a;
  a.start = 1ms;
  a.length = 10s;
  RankFigures b;
  b.start = 3ms;
  b.length = 9s;
  EXPECT_EQ(start_skew({a, b}), 2ms);
  EXPECT_EQ(overlap({a, b}), 9s - 3ms);
}

TEST(RankFigures, ShardsWithoutACommonStartHaveNoSkew) {
  RankFigures a;
  a.start = 1ms;
  EXPECT_FALSE(start_skew({a, RankFigures{}}));
  EXPECT_FALSE(overlap({a, RankFigures{}}));
}

}  // namespace
}  // namespace sockspec::load
