// Conversation: levels, exact bytes instead of the oracle's, groups.
#include <gtest/gtest.h>

#include "core/conversation.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

std::vector<Step> a_should_then_a_must() {
  return {connect("a"),
          send("a", "one"),
          as_check("late", at_level(Level::Should, expect_reply("a"))),
          send("a", "two"),
          expect_reply("a"),
          quiet("a", 80ms)};
}

TEST(ConversationLevelsTest, AMissingShouldDoesNotStopTheRest) {
  Driver d(echo(), a_should_then_a_must());
  d.begin().at(2s).receive("two").at(3s);
  EXPECT_EQ(d.check("late"), "late fail seen.nothing timing-only");
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationLevelsTest, AnAnswerThatComesLateAfterAllIsForgiven) {
  Driver d(echo(), a_should_then_a_must());
  d.begin().at(2s).receive("onetwo").at(3s);
  EXPECT_EQ(d.check("late"), "late fail seen.nothing timing-only");
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationLevelsTest, AForgivenAnswerMayComeDuringAQuiet) {
  Driver d(echo(), {connect("a"), send("a", "one"),
                    as_check("late", at_level(Level::Should, expect_reply("a"))), quiet("a", 80ms),
                    exchange("a", "two")});
  d.begin().at(2s).receive("on").receive("e").at(3s).receive("two");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationLevelsTest, AMissingShouldIsTheEndWhereNoMustFollows) {
  Driver d(echo(), {connect("a"), send("a", "one"), at_level(Level::Should, expect_reply("a")),
                    at_level(Level::Should, exchange("a", "two"))});
  d.begin().at(2s);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.written(), "one");
}

TEST(ConversationLevelsTest, WhatWasNeverOwedIsNotForgiven) {
  Driver d(echo(), a_should_then_a_must());
  d.begin().at(2s).receive("oXtwo");
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
}

TEST(ConversationLevelsTest, LateDatagramsAreForgiven) {
  Driver d(udp_echo(), a_should_then_a_must());
  d.begin().at(2s).receive("two").receive("one").at(3s);
  EXPECT_EQ(d.check("late"), "late fail seen.nothing timing-only");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationLevelsTest, WrongBytesEndTheConversationAtAnyLevel) {
  Driver d(echo(), a_should_then_a_must());
  d.begin().receive("X");
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("late"), "late fail seen.different");
  EXPECT_EQ(d.check("reply"), "reply not-run");
}

TEST(ConversationLevelsTest, TheFirstFailureOfACheckIsKept) {
  const Step should = at_level(Level::Should, expect_reply("a"));
  Driver d(echo(), {connect("a"), send("a", "one"), should, send("a", "two"), should});
  d.begin().at(10s);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.full_check("reply").at, 2s);
}

TEST(ConversationLevelsTest, APassDoesNotHideAnEarlierFailure) {
  const Step should = at_level(Level::Should, expect_reply("a"));
  Driver d(echo(), {connect("a"), send("a", "one"), should, send("a", "two"), should});
  d.begin().at(2s).receive("two");
  EXPECT_EQ(d.check("reply"), "reply fail seen.nothing timing-only");
}

// Exact bytes.

TEST(ConversationLevelsTest, ExactBytesAreComparedInsteadOfTheOracles) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_bytes("a", "hello"), quiet("a", 80ms)});
  d.begin().receive("he").receive("llo").at(80ms);
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationLevelsTest, OtherThanTheExactBytesFailsWithADifference) {
  Driver d(echo(), {connect("a"), expect_bytes("a", "abc"), expect_bytes("a", "hello")});
  d.begin().receive("abchexlo");
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(d.observed("reply", "offset"), "5");
  EXPECT_EQ(d.full_check("reply").difference->window_offset, 3U);
}

TEST(ConversationLevelsTest, MoreThanTheExactBytesFailsTheQuiet) {
  Driver d(echo(), {connect("a"), expect_bytes("a", "hi"), quiet("a", 80ms)});
  d.begin().receive("hi!");
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.unasked");
}

TEST(ConversationLevelsTest, MoreThanTheExactBytesFailsTheEnd) {
  Driver d(echo(), {connect("a"), expect_bytes("a", "hi"), expect_end("a")});
  d.begin().receive("hi!").fin();
  EXPECT_EQ(d.check("end"), "end fail seen.unasked");
}

TEST(ConversationLevelsTest, APartOfTheExactBytesSaysWhatIsMissing) {
  Driver d(echo(), {connect("a"), expect_bytes("a", "hi"), expect_bytes("a", "hello")});
  d.begin().receive("hihel").at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.partial timing-only");
  EXPECT_EQ(d.observed("reply", "missing"), "2");
  EXPECT_EQ(d.observed("reply", "next"), "\"lo\"");
}

TEST(ConversationLevelsTest, AnEndBeforeTheExactBytesSaysWhatIsMissing) {
  Driver d(echo(), {connect("a"), expect_bytes("a", "hello")});
  d.begin().receive("he").fin();
  EXPECT_EQ(d.check("reply"), "reply fail seen.ended");
  EXPECT_EQ(d.observed("reply", "missing"), "3");
}

TEST(ConversationLevelsTest, MoreThanAMebibyteCanBeExpectedExactly) {
  const std::string much(3 << 20, 'm');
  Driver d(echo(), {connect("a"), expect_bytes("a", much)});
  d.begin().receive(much);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationLevelsTest, EachOfAGroupGetsTheExactBytes) {
  Driver d(echo(), {connect("c", 2), expect_bytes("c", "hello")});
  d.begin().receive("hello", 0).receive("hello", 1);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationLevelsTest, OneOfAGroupMayBeAheadWithTheExactBytes) {
  Driver d(echo(), {connect("c", 2), expect_bytes("c", "one"), expect_bytes("c", "two")});
  d.begin().receive("onetwo", 0).receive("one", 1).receive("two", 1);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

// Groups.

TEST(ConversationLevelsTest, AGroupActsTogether) {
  Driver d(echo(), {connect("c", 3), send("c", "x"), expect_reply("c")});
  d.accepts = false;
  d.begin().connected(2).connected(0);
  EXPECT_EQ(d.asked(0) + "|" + d.asked(1) + "|" + d.asked(2), "connect|connect|connect");
  d.connected(1);
  EXPECT_EQ(d.asked(2), "connect write:x");
}

TEST(ConversationLevelsTest, AGroupIsDoneWhenAllAre) {
  Driver d(echo(), {connect("c", 2), send("c", "x"), expect_reply("c")});
  d.begin().receive("x", 1);
  EXPECT_FALSE(d.finished());
  d.receive("x", 0);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationLevelsTest, TheOneOfAGroupThatFailsIsNamed) {
  Driver d(echo(), {connect("c", 3), send("c", "x"), expect_reply("c")});
  d.begin().receive("x", 0).receive("x", 2).at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.nothing timing-only");
  EXPECT_EQ(d.full_check("reply").peer, "c[2]");
}

TEST(ConversationLevelsTest, InTurnTheNextWaitsForTheOneBefore) {
  Driver d(echo(), {in_turn(connect("c", 2))});
  d.accepts = false;
  d.begin();
  EXPECT_EQ(d.asked(1), "");
  d.connected(0);
  EXPECT_EQ(d.asked(1), "connect");
}

TEST(ConversationLevelsTest, InReverseTheLastOfAGroupIsFirst) {
  Driver d(echo(), {connect("c", 2), send("c", "x"), reversed(in_turn(expect_reply("c")))});
  d.begin().receive("x", 0).at(2s);
  EXPECT_EQ(d.full_check("reply").peer, "c[2]");
}

}  // namespace
}  // namespace sockspec::test
