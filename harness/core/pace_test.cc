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
  EXPECT_TRUE(pace.suffices(5s, 0, {.replies = 20}, 5s));
  EXPECT_FALSE(pace.suffices(5s, 0, {.replies = 21}, 5s));
}

TEST(PaceTest, TheQuickestReplyCounts) {
  Pace pace = after_replies(20, 250ms);
  pace.replied(1ms);
  EXPECT_TRUE(pace.suffices(6s, 0, {.replies = 4000}, 4s));
  EXPECT_FALSE(pace.suffices(6s, 0, {.replies = 4001}, 4s));
}

TEST(PaceTest, AFewSlowRepliesAreNoRule) {
  EXPECT_TRUE(after_replies(4, 1s).suffices(4s, 0, {.replies = 100}, 4s));
  EXPECT_FALSE(after_replies(5, 1s).suffices(5s, 0, {.replies = 100}, 5s));
}

TEST(PaceTest, WhatIsToComeMayComeThreeTimesAsFast) {
  Pace pace;
  pace.mark(1s, 0);
  EXPECT_TRUE(pace.suffices(5s, 400, {.bytes = 1200}, 4s));
  EXPECT_FALSE(pace.suffices(5s, 400, {.bytes = 1210}, 4s));
}

TEST(PaceTest, WhatTheKernelTookAtOnceIsNoPace) {
  Pace pace;
  pace.mark(0s, 0);
  EXPECT_TRUE(pace.suffices(5s, 3'000'000, {.bytes = 5'000'000}, 5s));
  pace.mark(2500ms, 2'960'000);
  EXPECT_FALSE(pace.suffices(5s, 3'000'000, {.bytes = 5'000'000}, 5s));
}

TEST(PaceTest, AMomentIsNoPace) {
  Pace pace;
  pace.mark(4500ms, 0);
  EXPECT_TRUE(pace.suffices(5s, 1, {.bytes = 1'000'000}, 4s));
  pace.mark(4s, 0);
  EXPECT_FALSE(pace.suffices(5s, 1, {.bytes = 1'000'000}, 4s));
}

TEST(PaceTest, SilenceSaysNothing) {
  Pace pace;
  pace.mark(1s, 100);
  EXPECT_TRUE(pace.suffices(5s, 100, {.bytes = 1600}, 4s));
  EXPECT_TRUE(Pace().suffices(5s, 0, {.replies = 1000}, 1ms));
}

}  // namespace
}  // namespace sockspec
