#include "core/load/counted_replies.h"

#include <gtest/gtest.h>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

// Three requests of 10 bytes, sent at 1, 2 and 3 ms.
CountedReplies three() {
  CountedReplies replies;
  for (std::uint64_t i = 0; i < 3; ++i)
    replies.sent(i, 10, Duration(1ms) * (i + 1), Duration(1ms) * (i + 1));
  return replies;
}

std::string verdicts(const std::vector<Judged>& judged) {
  std::string text;
  for (const Judged& one : judged)
    text += std::string(name_of(one.verdict)) + " " + std::to_string(one.sequence) + "; ";
  return text;
}

TEST(CountedRepliesTest, RepliesAreToldApartByTheirLength) {
  CountedReplies replies = three();
  std::vector<Judged> judged;
  replies.received(4, judged);
  EXPECT_EQ(verdicts(judged), "");
  replies.received(17, judged);
  EXPECT_EQ(verdicts(judged), "ok 0; ok 1; ");
  EXPECT_TRUE(judged.front().answers);
  EXPECT_EQ(replies.in_flight(), 1U);
  replies.received(9 + 100, judged);  // what is too much is nobody's
  EXPECT_EQ(verdicts(judged), "ok 0; ok 1; ok 2; ");
  EXPECT_EQ(replies.in_flight(), 0U);
}

TEST(CountedRepliesTest, WhatWasGivenUpIsLateWhenItComes) {
  CountedReplies replies = three();
  std::vector<Judged> judged;
  replies.give_up(Duration(2ms) + Duration(1), judged);
  EXPECT_EQ(verdicts(judged), "lost 0; lost 1; ");
  EXPECT_EQ(replies.in_flight(), 1U);
  judged.clear();
  replies.give_up(2ms, judged);  // once is enough
  replies.received(30, judged);
  EXPECT_EQ(verdicts(judged), "late 0; late 1; ok 2; ");
  EXPECT_TRUE(judged.front().replaces_lost);
  EXPECT_FALSE(judged.front().answers);
  EXPECT_EQ(replies.in_flight(), 0U);
}

TEST(CountedRepliesTest, TheEndOfTheConnectionIsTheEndOfWhatIsInFlight) {
  CountedReplies replies = three();
  std::vector<Judged> judged;
  replies.received(10, judged);
  judged.clear();
  replies.closed(true, judged);
  EXPECT_EQ(verdicts(judged), "reset 1; reset 2; ");
  EXPECT_EQ(replies.in_flight(), 0U);
  judged.clear();
  replies.sent(3, 10, 5ms, 5ms);
  replies.closed(false, judged);
  EXPECT_EQ(verdicts(judged), "early_end 3; ");
}

}  // namespace
}  // namespace sockspec::load
