#include "core/pace.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

using namespace std::chrono_literals;

Pace after_replies(int count, Duration each) {
  Pace pace;
  for (int i = 0; i < count; ++i) pace.replied(each);
  return pace;
}

TEST(PaceTest, SoManyRepliesTakeAtLeastSoLong) {
  const Pace pace = after_replies(20, 250ms);
  EXPECT_TRUE(pace.suffices(5s, 0, 20, 5s));
  EXPECT_FALSE(pace.suffices(5s, 0, 21, 5s));
}

TEST(PaceTest, TheQuickestReplyCounts) {
  Pace pace = after_replies(20, 250ms);
  pace.replied(1ms);
  EXPECT_TRUE(pace.suffices(6s, 0, 4000, 4s));
  EXPECT_FALSE(pace.suffices(6s, 0, 4001, 4s));
}

TEST(PaceTest, AFewSlowRepliesAreNoRule) {
  EXPECT_TRUE(after_replies(4, 1s).suffices(4s, 0, 100, 4s));
  EXPECT_FALSE(after_replies(5, 1s).suffices(5s, 0, 100, 5s));
}

TEST(PaceTest, WhatIsMissingMayComeThreeTimesAsFast) {
  Pace pace;
  pace.mark(1s, 1600);
  EXPECT_TRUE(pace.suffices(5s, 1200, 0, 4s));  // 400 in 4 s; at most 1200 in the next 4 s
  EXPECT_FALSE(pace.suffices(5s, 1210, 0, 4s));
}

TEST(PaceTest, WhatTheKernelTookAtOnceIsNoPace) {
  Pace pace;
  pace.mark(0s, 8'000'000);
  EXPECT_TRUE(pace.suffices(5s, 5'000'000, 0, 5s));
  pace.mark(2500ms, 5'040'000);
  EXPECT_FALSE(pace.suffices(5s, 5'000'000, 0, 5s));
}

TEST(PaceTest, SilenceSaysNothing) {
  Pace pace;
  pace.mark(1s, 1600);
  EXPECT_TRUE(pace.suffices(5s, 1600, 0, 4s));
  EXPECT_TRUE(Pace().suffices(5s, 0, 1000, 1ms));
}

}  // namespace
}  // namespace sockspec
