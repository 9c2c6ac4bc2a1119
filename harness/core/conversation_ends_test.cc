// Conversation: connecting, ends and resets, faults of this machine, a server that is gone.
#include <gtest/gtest.h>

#include "core/conversation.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

TEST(ConversationEndsTest, TheServersFinIsTheEnd) {
  Driver d(echo(), {connect("a"), half_close("a"), expect_end("a")});
  d.begin().fin();
  EXPECT_EQ(d.asked(), "connect half-close");
  EXPECT_EQ(d.check("end"), "end pass");
}

TEST(ConversationEndsTest, AnEndThatDoesNotComeIsATimingFailure) {
  Driver d(echo(), {connect("a"), half_close("a"), expect_end("a")});
  d.begin().at(2s);
  EXPECT_EQ(d.check("end"), "end fail seen.still-open timing-only");
}

TEST(ConversationEndsTest, AnEndBeforeWhatIsOwedFailsTheEnd) {
  Driver d(echo(), {connect("a"), send("a", "hello"), half_close("a"), expect_end("a")});
  d.begin().receive("hel").fin();
  EXPECT_EQ(d.check("end"), "end fail seen.ended");
  EXPECT_EQ(d.observed("end", "missing"), "2");
}

TEST(ConversationEndsTest, SilenceBeforeTheEndSaysWhatIsMissing) {
  Driver d(echo(), {connect("a"), send("a", "hello"), half_close("a"), expect_end("a")});
  d.begin().receive("hel").at(2s);
  EXPECT_EQ(d.check("end"), "end fail seen.partial timing-only");
  EXPECT_EQ(d.observed("end", "missing"), "2");
}

TEST(ConversationEndsTest, AResetAfterEverythingIsAWarning) {
  Driver d(echo(), {connect("a"), send("a", "x"), half_close("a"), expect_end("a")});
  d.begin().receive("x").rst();
  EXPECT_EQ(d.check("end"), "end warn seen.reset");
}

TEST(ConversationEndsTest, AResetAfterEverythingFailsWhereAFinIsAskedFor) {
  Driver d(echo(), {connect("a"), half_close("a"), expect_end_by_fin("a")});
  d.begin().rst();
  EXPECT_EQ(d.check("end"), "end fail seen.reset");
}

TEST(ConversationEndsTest, AFinIsAFin) {
  Driver d(echo(), {connect("a"), half_close("a"), expect_end_by_fin("a")});
  d.begin().fin();
  EXPECT_EQ(d.check("end"), "end pass");
}

TEST(ConversationEndsTest, AnyCloseIsGoodWhereAnyIsAskedFor) {
  Driver d(echo(), {connect("a"), half_close("a"), expect_any_end("a")});
  d.begin().rst();
  EXPECT_EQ(d.check("end"), "end pass");
}

TEST(ConversationEndsTest, AResetAfterTheReplyDoesNotSpoilTheReply) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.takes = false;
  d.begin().take(1).receive("x");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationEndsTest, AnEndDuringAQuietIsAFailure) {
  Driver d(echo(), {connect("a"), quiet("a", 80ms)});
  d.begin().at(40ms).fin();
  EXPECT_EQ(d.check("quiet"), "quiet fail seen.ended");
}

TEST(ConversationEndsTest, ARefusedFirstConnectionMeansUnreachable) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.accepts = false;
  d.begin().refuse();
  EXPECT_TRUE(d.conversation().unreachable());
  EXPECT_EQ(d.check("connect"), "connect fail seen.refused");
}

TEST(ConversationEndsTest, ARefusedLaterConnectionDoesNotMeanUnreachable) {
  Driver d(echo(), {connect("a"), connect("b")});
  d.accepts = false;
  d.begin().connected(0).refuse(1);
  EXPECT_FALSE(d.conversation().unreachable());
  EXPECT_EQ(d.check("connect"), "connect fail seen.refused");
}

TEST(ConversationEndsTest, UnreachableStaysSoWhenOthersBreakToo) {
  Driver d(echo(), {at_level(Level::Should, connect("a")), connect("b")});
  d.accepts = false;
  d.begin().refuse(0).refuse(1);
  EXPECT_TRUE(d.conversation().unreachable());
}

TEST(ConversationEndsTest, AResetWhileConnectingIsNotUnreachable) {
  Driver d(echo(), {connect("a")});
  d.accepts = false;
  d.begin().breaks(Breakage::Reset, Call::Connect);
  EXPECT_FALSE(d.conversation().unreachable());
  EXPECT_EQ(d.check("connect"), "connect fail seen.reset-at-connect");
}

TEST(ConversationEndsTest, AConnectionThatIsNotAcceptedIsATimingFailure) {
  Driver d(echo(), {connect("a")});
  d.accepts = false;
  d.begin().at(4s);
  EXPECT_EQ(d.check("connect"), "connect fail seen.not-accepted timing-only");
}

TEST(ConversationEndsTest, NoDescriptorsIsTheHarnesssFault) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.accepts = false;
  d.begin().breaks(Breakage::NoDescriptors, Call::Connect);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.conversation().harness_fault()->id, "harness.call-failed");
  EXPECT_EQ(d.check("reply"), "reply not-run");
}

TEST(ConversationEndsTest, ADatagramTooLongForTheSystemIsTheHarnesssFault) {
  Driver d(udp_echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.takes = false;
  d.begin().breaks(Breakage::TooLong, Call::Send);
  EXPECT_TRUE(d.conversation().harness_fault().has_value());
  EXPECT_EQ(d.check("reply"), "reply not-run");
}

TEST(ConversationEndsTest, AServerThatIsGoneIsNoTimingFailure) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().at(500ms).server_gone().at(599ms);
  EXPECT_FALSE(d.finished());
  d.at(600ms);
  EXPECT_EQ(d.check("reply"), "reply fail seen.server-gone");
  EXPECT_EQ(d.observed("reply", "how"), "gone.exit");
  EXPECT_EQ(d.observed("reply", "status"), "1");
}

TEST(ConversationEndsTest, TheLastWordsOfADeadServerCount) {
  Driver d(echo(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.begin().server_gone().at(50ms).receive("x");
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_TRUE(d.conversation().server_gone().has_value());
}

TEST(ConversationEndsTest, ASendToAClosedConnectionSaysSo) {
  Driver d(echo(), {connect("a"), send("a", "x")});
  d.takes = false;
  d.begin().breaks(Breakage::Reset, Call::Send);
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("reply"), "reply fail seen.reset");
}

TEST(ConversationEndsTest, AClosedPeerIsAskedForNothingMore) {
  Driver d(echo(), {connect("a"), close("a"), half_close("a"), pause("a"), resume("a"), reset("a"),
                    close("a")});
  d.begin();
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.asked(), "connect close");
}

TEST(ConversationEndsTest, PauseAndResumeAreAskedFor) {
  Driver d(echo(), {connect("a"), pause("a"), resume("a")});
  d.begin();
  EXPECT_EQ(d.asked(), "connect pause resume");
}

// Where the server speaks first.

TEST(ConversationEndsTest, ADateThenAnEndPasses) {
  Driver d(daytime(), {connect("a"), expect_reply("a"), expect_end("a")});
  d.begin().receive("Sat Nov 21 10:01:22 2026\r\n").fin();
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("end"), "end pass");
}

TEST(ConversationEndsTest, WhatIsNoDateFailsAtTheEnd) {
  Driver d(daytime(), {connect("a"), expect_reply("a")});
  d.begin().receive("hello\r\n");
  EXPECT_FALSE(d.finished());
  d.fin();
  EXPECT_EQ(d.check("reply"), "reply fail text.not-a-date");
}

// The server closed with our bytes unread, so its kernel sent RST after the text (F3).
TEST(ConversationEndsTest, AResetAfterADateIsAWarning) {
  Driver d(daytime(), {connect("a"), send("a", "x"), expect_reply("a"), expect_end("a")});
  d.begin().receive("Sat Nov 21 10:01:22 2026\r\n").rst();
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("end"), "end warn seen.reset");
}

TEST(ConversationEndsTest, AResetInsteadOfADateIsAFailure) {
  Driver d(daytime(), {connect("a"), expect_reply("a")});
  d.begin().rst();
  EXPECT_EQ(d.check("reply"), "reply fail seen.reset");
}

TEST(ConversationEndsTest, AQuoteThatIsTooLongFailsBeforeItEnds) {
  Driver d(quote(), {connect("a"), expect_reply("a")});
  d.begin().receive(std::string(513, 'q'));
  EXPECT_EQ(d.check("reply"), "reply fail text.too-long");
  EXPECT_EQ(d.observed("reply", "size"), "513");
}

TEST(ConversationEndsTest, AServerThatSpeaksFirstMayCloseBeforeItReads) {
  Driver d(daytime(), {connect("a"), send("a", "x"), expect_reply("a")});
  d.takes = false;
  d.begin().receive("Sat Nov 21 10:01:22 2026\r\n").breaks(Breakage::Reset, Call::Send);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationEndsTest, ChargenIsReadUpToTheBytesAskedFor) {
  Driver d(chargen(), {connect("a"), expect_reply_bytes("a", 10)});
  d.begin().receive("!\"#$%").receive("&'()*+,-");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationEndsTest, TooLittleOfAnEndlessReplySaysWhatIsMissing) {
  Driver d(chargen(), {connect("a"), expect_reply_bytes("a", 10)});
  d.begin().receive("!\"#").at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.partial timing-only");
  EXPECT_EQ(d.observed("reply", "missing"), "7");
}

}  // namespace
}  // namespace sockspec::test
