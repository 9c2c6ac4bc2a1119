// Conversation: what it does not finish within its budget, or, half-way, could not.
#include <gtest/gtest.h>

#include "core/conversation.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

static_assert(kDefaultBudget == 6s);

Step stalling(Step send) {
  std::get<step::Send>(send.action).stalled_after = 300ms;
  return send;
}

// Answers so many exchanges, each after a while; stops when nobody asks any more.
void answer(Driver& d, int times, Duration after) {
  for (int i = 0; i < times && !d.finished(); ++i) d.at(d.now() + after).receive("x\n");
}

TEST(ConversationBudgetTest, WhatIsNotOverInTimeIsTooSlowAndNotWrong) {
  Driver d(echo(), {connect("a"), send("a", std::string(12, 'a')), expect_reply("a")});
  d.begin().trickle("a", 700ms, 8);
  EXPECT_FALSE(d.finished());
  d.at(6s);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.conversation().too_slow(), 6s);
  EXPECT_EQ(d.check("reply"), "reply not-run");
}

TEST(ConversationBudgetTest, WhatEndsInTimeIsNotTooSlow) {
  Driver d(echo(), {connect("a"), send("a", std::string(8, 'a')), expect_reply("a")});
  d.begin().trickle("a", 700ms, 8);
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_FALSE(d.conversation().too_slow());
}

TEST(ConversationBudgetTest, AReplyThatComesFarTooSlowlyIsNotWaitedFor) {
  Driver d(echo(), {connect("a"), send("a", std::string(100, 'a')), expect_reply("a")});
  d.begin().trickle("a", 300ms, 10);
  EXPECT_EQ(d.wake_at(), std::nullopt);
  EXPECT_EQ(d.conversation().too_slow(), 3s);
  EXPECT_EQ(d.check("reply"), "reply not-run");
}

// The kernel takes so many bytes every 200 ms.
void take_slowly(Driver& d, std::uint64_t bytes, Duration until) {
  while (d.now() < until) d.at(d.now() + 200ms).take(bytes);
}

TEST(ConversationBudgetTest, ASendThatMayEndByStallingIsWaitedFor) {
  Driver d(echo(), {connect("a"), stalling(send("a", std::string(100'000, 'a')))});
  d.takes = false;
  d.begin();
  take_slowly(d, 10, 5s);
  EXPECT_FALSE(d.finished());
}

TEST(ConversationBudgetTest, TheRepliesToWhatItHasSentAreStillToCome) {
  Driver d(echo(),
           {connect("a"), stalling(send("a", std::string(100'000, 'a'))), expect_reply("a")});
  d.takes = false;
  d.begin().take(50'000);
  take_slowly(d, 10, 5s);
  EXPECT_EQ(d.conversation().too_slow(), 3s);
}

TEST(ConversationBudgetTest, ASendThatMustEndIsNotWaitedForWhereItCannot) {
  Driver d(echo(), {connect("a"), send("a", std::string(100'000, 'a'))});
  d.takes = false;
  d.begin().take(50'000);
  take_slowly(d, 10, 5s);
  EXPECT_EQ(d.conversation().too_slow(), 3s);
}

TEST(ConversationBudgetTest, MoreRepliesThanCanComeAreNotWaitedFor) {
  Driver d(echo(), {connect("a"), repeat(30, {exchange("a", "x\n")})});
  d.begin();
  answer(d, 30, 250ms);
  EXPECT_EQ(d.conversation().too_slow(), 3s);
}

TEST(ConversationBudgetTest, AsManyAsCanComeAreWaitedFor) {
  Driver d(echo(), {connect("a"), repeat(23, {exchange("a", "x\n")})});
  d.begin();
  answer(d, 23, 250ms);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationBudgetTest, RoundsThatMayBeLeftOutAreNotCounted) {
  Step rounds = repeat(100, {exchange("a", "x\n")});
  std::get<step::Loop>(rounds.action).enough = 5s;
  Driver d(echo(), {connect("a"), rounds});
  d.begin();
  answer(d, 100, 250ms);
  EXPECT_EQ(d.now(), 5s);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationBudgetTest, TimeThatTheScenarioTakesItselfIsNotTheServers) {
  Driver d(echo(), {connect("a"), hold("a", 2700ms), repeat(30, {exchange("a", "x\n")})});
  d.begin().at(2700ms);
  answer(d, 30, 50ms);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

// Eight clients ask at once, and one thread for each answers after 400 ms.
TEST(ConversationBudgetTest, WhatIsAskedAtTheSameTimeMayBeAnsweredAtTheSameTime) {
  std::vector<Step> steps = {connect("a"), connect("c", 16), repeat(7, {exchange("a", "x\n")}),
                             send("c", "x\n"), in_turn(expect_reply("c"))};
  Driver d(echo(), std::move(steps));
  d.begin();
  answer(d, 7, 400ms);
  d.at(3s).at(d.now() + 400ms);
  for (std::size_t peer = 1; peer <= 16; ++peer) d.receive("x\n", peer);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

}  // namespace
}  // namespace sockspec::test
