// Conversation over UDP: each datagram is one answer.
#include <gtest/gtest.h>

#include "core/conversation.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

TEST(ConversationUdpTest, AnswersMayComeInAnyOrder) {
  Driver d(udp_echo(),
           {connect("a"), send("a", "one"), send("a", "two"), expect_reply("a"), quiet("a", 80ms)});
  d.begin().receive("two").receive("one").at(80ms);
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationUdpTest, ASecondAnswerIsUnasked) {
  Driver d(udp_echo(), {connect("a"), send("a", "one"), expect_reply("a"), quiet("a", 80ms)});
  d.begin().receive("one").receive("one");
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.unasked");
}

TEST(ConversationUdpTest, ASecondAnswerWhileOthersAreOwedIsDifferent) {
  Driver d(udp_echo(), {connect("a"), send("a", "one"), send("a", "two"), expect_reply("a")});
  d.begin().receive("one").receive("one");
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
}

TEST(ConversationUdpTest, HalfAnAnswerIsAWrongAnswer) {
  Driver d(udp_echo(), {connect("a"), send("a", "hello"), expect_reply("a")});
  d.begin().receive("hel");
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(d.full_check("reply").difference->offset, 3U);
}

TEST(ConversationUdpTest, AnEmptyDatagramIsAnsweredByAnEmptyOne) {
  Driver d(udp_echo(), {connect("a"), send("a", ""), expect_reply("a"), quiet("a", 80ms)});
  d.begin();
  EXPECT_FALSE(d.finished());
  d.receive("").at(80ms);
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationUdpTest, AnEmptyDatagramNobodyAskedForIsUnasked) {
  Driver d(udp_echo(), {connect("a"), quiet("a", 80ms)});
  d.begin().receive("");
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.unasked");
}

TEST(ConversationUdpTest, TheLossOfOneAnswerIsPartial) {
  Driver d(udp_echo(), {connect("a"), send("a", "one"), send("a", "three"), expect_reply("a")});
  d.begin().receive("one").at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.partial timing-only");
  EXPECT_EQ(d.observed("reply", "missing"), "5");
}

TEST(ConversationUdpTest, AnotherSourceFailsWhereTheSameIsAskedFor) {
  Driver d(udp_echo(), {connect("a"), send("a", "x"), expect_same_source("a")});
  d.begin().receive_from("127.0.0.1:9", "x");
  EXPECT_EQ(d.check("reply"), "reply fail seen.foreign-source");
  EXPECT_EQ(d.observed("reply", "from"), "127.0.0.1:9");
}

TEST(ConversationUdpTest, AnotherSourceIsNoFailureElsewhere) {
  Driver d(udp_echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().receive_from("127.0.0.1:9", "x");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationUdpTest, ExactBytesAreNotOwedByTheOracleToo) {
  Driver d(udp_echo(), {connect("a"), send("a", "x"), expect_bytes("a", "y"), expect_end("a")});
  d.begin().receive("y").breaks(Breakage::Refused, Call::Receive);
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("end"), "end warn seen.refused");
}

TEST(ConversationUdpTest, ARefusedFirstDatagramMeansUnreachable) {
  Driver d(udp_echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().breaks(Breakage::Refused, Call::Receive);
  EXPECT_TRUE(d.conversation().unreachable());
  EXPECT_EQ(d.check("reply"), "reply fail seen.refused");
}

TEST(ConversationUdpTest, ARefusalAfterAnAnswerDoesNotMeanUnreachable) {
  Driver d(udp_echo(), {connect("a"), exchange("a", "x"), exchange("a", "y")});
  d.begin().receive("x").breaks(Breakage::Refused, Call::Receive);
  EXPECT_FALSE(d.conversation().unreachable());
}

TEST(ConversationUdpTest, EachSocketGetsItsOwnAnswers) {
  Driver d(udp_echo(), {connect("a"), connect("b"), send("a", "A"), send("b", "B"),
                        expect_reply("a"), expect_reply("b")});
  d.begin().receive("B", 0);
  EXPECT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(d.full_check("reply").peer, "a");
}

TEST(ConversationUdpTest, AnAnswerInEitherLetterCaseIsRight) {
  Driver d(udp(uppercase(LetterCase::Either)),
           {connect("a"), send("a", "\xC3\xA9"), send("a", "\xC3\xB6"), expect_reply("a")});
  d.begin().receive("\xC3\x89").receive("\xC3\xB6");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

}  // namespace
}  // namespace sockspec::test
