// Conversation: what passes, and what is said when content, silence or order are wrong.
#include "core/conversation.h"

#include <gtest/gtest.h>

#include "core/test_language.h"

namespace sockspec::test {
namespace {

TEST(ConversationTest, TheFirstThingItAsksForIsAConnection) {
  Driver d(echo(), {connect("a"), send("a", "hello\n")});
  d.accepts = false;
  d.begin();
  EXPECT_EQ(d.asked(), "connect");
}

TEST(ConversationTest, AnEchoOfEverythingPasses) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a"), quiet("a", 80ms)});
  d.begin().receive("hello\n").at(80ms);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("connect"), "connect pass");
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationTest, AReplyInPiecesPasses) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a")});
  d.begin().receive("he").receive("l").receive("lo\n");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationTest, ADifferentByteFailsAtOnceAndNamesItsOffset) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a")});
  d.begin().receive("hexlo\n");
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(d.observed("reply", "offset"), "2");
  EXPECT_EQ(d.observed("reply", "excerpt"), "\"xlo\\n\"");
}

TEST(ConversationTest, ADifferenceShowsBothSidesAroundIt) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a")});
  d.begin().receive("hel").receive("xo\n");
  const Difference difference = d.full_check("reply").difference.value();
  EXPECT_EQ(difference.offset, 3U);
  EXPECT_EQ(difference.window_offset, 0U);
  EXPECT_EQ(difference.expected, "hello\n");
  EXPECT_EQ(difference.received, "helxo\n");
}

TEST(ConversationTest, ADifferenceFarIntoTheStreamShowsAWindow) {
  const std::string sent = std::string(100, 'a') + "b" + std::string(100, 'c');
  Driver d(echo(), {connect("a"), send("a", sent), expect_reply("a")});
  d.begin().receive(std::string(100, 'a')).receive("X");
  const Difference difference = d.full_check("reply").difference.value();
  EXPECT_EQ(difference.offset, 100U);
  EXPECT_EQ(difference.window_offset, 76U);
  EXPECT_EQ(difference.expected, std::string(24, 'a') + "b" + std::string(39, 'c'));
  EXPECT_EQ(difference.received, std::string(24, 'a') + "X");
}

TEST(ConversationTest, AnExtraByteWithTheReplyFailsTheQuietAfterIt) {
  Driver d(echo(), {connect("a"), send("a", "hi"), expect_reply("a"), quiet("a", 80ms)});
  d.begin().receive("hi\n");
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.unasked");
  EXPECT_EQ(d.observed("quiet", "excerpt"), "\"\\n\"");
  EXPECT_EQ(d.expected("quiet", "bytes"), "2");
}

TEST(ConversationTest, AnExtraByteALittleLaterFailsTheSameCheck) {
  Driver d(echo(), {connect("a"), send("a", "hi"), expect_reply("a"), quiet("a", 80ms)});
  d.begin().receive("hi").at(40ms).receive("\n");
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.unasked");
}

TEST(ConversationTest, AnExtraByteFailsTheReplyWhereNoQuietFollows) {
  Driver d(echo(), {connect("a"), send("a", "hi"), expect_reply("a")});
  d.begin().receive("hi\n");
  EXPECT_EQ(d.check("reply"), "reply fail seen.unasked");
}

TEST(ConversationTest, ABannerBeforeAnyInputIsUnasked) {
  Driver d(echo(), {connect("a"), quiet("a", 150ms)});
  d.begin().receive("220 welcome\r\n");
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.unasked");
}

TEST(ConversationTest, SilenceIsOnlyATimingFailure) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a")});
  d.begin().at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.nothing timing-only");
  EXPECT_EQ(d.observed("reply", "within"), "2000 ms");
  EXPECT_EQ(d.full_check("reply").at, 2s);
}

TEST(ConversationTest, APartOfTheReplySaysHowMuchIsMissing) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a")});
  d.begin().receive("hell").at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.partial timing-only");
  EXPECT_EQ(d.observed("reply", "received"), "4");
  EXPECT_EQ(d.observed("reply", "missing"), "2");
  EXPECT_EQ(d.observed("reply", "next"), "\"o\\n\"");
}

TEST(ConversationTest, AnEndBeforeTheReplyIsAFailure) {
  Driver d(echo(), {connect("a"), send("a", "hello\n"), expect_reply("a")});
  d.begin().receive("he").fin();
  EXPECT_EQ(d.check("reply"), "reply fail seen.ended");
  EXPECT_EQ(d.observed("reply", "missing"), "4");
}

TEST(ConversationTest, AResetBeforeTheGreetingIsAFailure) {
  Driver d(greeting(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().rst();
  EXPECT_EQ(d.check("reply"), "reply fail seen.reset");
  EXPECT_EQ(d.observed("reply", "missing"), "6");
}

TEST(ConversationTest, WhatWasNotReachedIsNotRun) {
  Driver d(echo(),
           {connect("a"), send("a", "x"), expect_reply("a"), quiet("a", 80ms), expect_end("a")});
  d.begin().rst();
  EXPECT_EQ(d.check("quiet"), "quiet not-run");
  EXPECT_EQ(d.check("end"), "end not-run");
}

TEST(ConversationTest, AfterTheEndNothingCounts) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().receive("x");
  const std::string before = whole(d.conversation().checks());
  d.receive("wrong").rst().server_gone().at(1h);
  EXPECT_EQ(whole(d.conversation().checks()), before);
}

TEST(ConversationTest, ProgressExtendsTheDeadline) {
  Driver d(echo(), {connect("a"), send("a", "hello"), expect_reply("a")});
  d.begin().at(1900ms).receive("hel").at(3800ms).receive("lo");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationTest, ATrickleDoesNotExtendTheDeadlineForEver) {
  Driver d(echo(),
           {connect("a"), send("a", std::string(100, 'x')), within(10ms, expect_reply("a"))});
  d.begin().trickle("x", 9ms, 20);
  EXPECT_EQ(d.check("reply"), "reply fail seen.partial timing-only");
  EXPECT_LE(d.full_check("reply").at, 109ms);
}

TEST(ConversationTest, ProgressDoesNotExtendAQuiet) {
  Driver d(echo(), {connect("a"), connect("b"), send("b", "hello"), quiet("a", 80ms)});
  d.begin().at(70ms).receive("hello", 1).at(80ms);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationTest, AHoldObservesNothing) {
  Driver d(echo(), {connect("a"), send("a", "x"), hold("a", 50ms), expect_reply("a")});
  d.begin().at(50ms);
  EXPECT_FALSE(d.finished());
  d.receive("x");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationTest, WrongBytesOfAnyPeerAreWrongAtOnce) {
  Driver d(echo(), {connect("a"), connect("b"), send("b", "x"), hold("a", 1s), expect_reply("b")});
  d.begin().at(10ms).receive("y", 1);
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(d.full_check("reply").peer, "b");
}

TEST(ConversationTest, ASecondAnswerOfAnotherPeerIsNotMixedUp) {
  Driver d(echo(), {connect("a"), connect("b"), send("a", "A"), send("b", "B"), expect_reply("b"),
                    expect_reply("a")});
  d.begin().receive("A", 0).receive("B", 1);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationTest, BytesThatAreTooLateForAClosedPeerAreNobodys) {
  Driver d(echo(), {connect("a"), send("a", "x"), close("a"), connect("b"), send("b", "y"),
                    expect_reply("b")});
  d.begin().receive("x", 0).receive("y", 1);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationTest, TheScaleOfTheMachineStretchesTimeLimits) {
  Environment slow;
  slow.scale = 3;
  const Scenario made = scenario({connect("a"), send("a", "x"), within(1s, expect_reply("a"))});
  Driver d(bind(made, echo(), slow, 1).value());
  d.begin().at(2900ms);
  EXPECT_FALSE(d.finished());
  d.at(3s);
  EXPECT_TRUE(d.finished());
}

TEST(ConversationTest, AliveIsAFreshConnectionThatIsServed) {
  Driver d(echo(), {connect("a"), reset("a"), alive()});
  d.begin().receive("alive\n", 1);
  EXPECT_EQ(d.written(1), "alive\n");
  EXPECT_EQ(d.check("alive"), "alive pass");
}

TEST(ConversationTest, AServerThatTakesNobodyAnyMoreIsNotAlive) {
  Driver d(echo(), {connect("a"), reset("a"), alive()});
  d.begin();
  d.refuse(1);
  EXPECT_EQ(d.check("alive"), "alive fail seen.refused");
}

TEST(ConversationTest, AScriptWithoutMovesEndsAtOnce) {
  Conversation conversation{Script{}};
  conversation.step(0ms, {0, event::Begin{}});
  EXPECT_TRUE(conversation.finished());
}

TEST(ConversationTest, AnEventOfAnUnknownPeerChangesNothing) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().receive("y", 7).rst(7).take(3, 7);
  EXPECT_FALSE(d.finished());
  EXPECT_EQ(d.check("reply"), "no check");
}

}  // namespace
}  // namespace sockspec::test
