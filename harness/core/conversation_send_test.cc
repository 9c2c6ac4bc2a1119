// Conversation: sending in pieces, barriers, stalls.
#include <gtest/gtest.h>

#include "core/conversation.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

Step send_bytewise(std::string_view bytes, Barrier barrier) {
  step::Send send = sending(bytes);
  send.split = {Split::Kind::Every, {1}};
  send.barrier = barrier;
  return send_as("a", send);
}

Step send_until_stalled(std::string_view bytes, bool keep_rest) {
  step::Send send = sending(bytes);
  send.stalled_after = 300ms;
  send.keep_rest = keep_rest;
  return send_as("a", send);
}

TEST(ConversationSendTest, WithoutABarrierThePiecesGoOutAtOnce) {
  Driver d(echo(), {connect("a"), send_bytewise("abc", Barrier::Written), expect_reply("a")});
  d.takes = false;
  d.begin();
  EXPECT_EQ(d.asked(), "connect write:a write:b write:c");
}

TEST(ConversationSendTest, WithTheReplyAsBarrierEachPieceWaitsForItsAnswer) {
  Driver d(echo(), {connect("a"), send_bytewise("abc", Barrier::Reply), expect_reply("a")});
  d.begin();
  EXPECT_EQ(d.written(), "a");
  d.receive("a");
  EXPECT_EQ(d.written(), "ab");
  d.receive("b").receive("c");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, SilenceAtAReplyBarrierFails) {
  Driver d(echo(), {connect("a"), send_bytewise("abc", Barrier::Reply), expect_reply("a")});
  d.begin().at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.nothing timing-only");
}

TEST(ConversationSendTest, AnEndAtAReplyBarrierFails) {
  Driver d(echo(), {connect("a"), send_bytewise("abc", Barrier::Reply), expect_reply("a")});
  d.begin().receive("a").fin();
  EXPECT_EQ(d.check("reply"), "reply fail seen.ended");
}

TEST(ConversationSendTest, AnEmptyPayloadDoesNotWaitForAnAnswer) {
  Driver d(echo(), {connect("a"),
                    send_as("a",
                            [] {
                              step::Send nothing = sending("");
                              nothing.barrier = Barrier::Reply;
                              return nothing;
                            }()),
                    expect_reply("a")});
  d.takes = false;
  d.begin();
  EXPECT_TRUE(d.finished());
}

TEST(ConversationSendTest, WithTheQueueAsBarrierEachPieceWaitsUntilTheServerHasRead) {
  Driver d(echo(), {connect("a"), send_bytewise("ab", Barrier::Received)});
  d.begin();
  EXPECT_EQ(d.asked(), "connect write:a watch-queue");
  d.queue_empty();
  EXPECT_EQ(d.asked(), "connect write:a watch-queue write:b watch-queue");
  d.queue_empty();
  EXPECT_TRUE(d.finished());
}

TEST(ConversationSendTest, AQueueThatNobodyEmptiesIsGivenUpAfterAQuarterOfTheTime) {
  Driver d(echo(), {connect("a"), send_bytewise("ab", Barrier::Received), expect_reply("a")});
  d.begin().at(499ms);
  EXPECT_EQ(d.written(), "a");
  d.at(500ms);
  EXPECT_EQ(d.written(), "ab");
  d.at(1s).receive("ab");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, AnEarlierEmptyQueueDoesNotCountForALaterPiece) {
  Driver d(echo(), {connect("a"), send_bytewise("ab", Barrier::Received)});
  d.begin().queue_empty().queue_empty().queue_empty();
  EXPECT_TRUE(d.finished());
  Driver early(echo(), {connect("a"), send_bytewise("ab", Barrier::Received)});
  early.takes = false;
  early.begin().queue_empty().take(1);
  EXPECT_EQ(early.written(), "a");
}

TEST(ConversationSendTest, BytesThatTheKernelDoesNotTakeAreATimingFailure) {
  Driver d(echo(), {connect("a"), send("a", "hello"), expect_reply("a")});
  d.takes = false;
  d.begin().take(3).at(2s);
  EXPECT_EQ(d.check("reply"), "reply fail seen.not-taken timing-only");
  EXPECT_EQ(d.observed("reply", "taken"), "3");
  EXPECT_EQ(d.full_check("reply").expected.id, "expect.takes");
}

TEST(ConversationSendTest, OnlyWhatTheKernelTookIsOwed) {
  Driver d(echo(),
           {connect("a"), send_until_stalled("hello", false), expect_reply("a"), quiet("a", 80ms)});
  d.takes = false;
  d.begin().take(2).at(300ms).receive("he").at(380ms);
  EXPECT_EQ(d.asked(), "connect write:hello drop-unsent");
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(d.check("quiet"), "quiet pass");
}

TEST(ConversationSendTest, AfterADropTheNextSendIsWhole) {
  Driver d(echo(), {connect("a"), send_until_stalled("hello", false), send("a", "next"),
                    expect_reply("a")});
  d.takes = false;
  d.begin().take(2).at(300ms).take(4).receive("henext");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, AStallIsMeasuredFromTheLastProgress) {
  Driver d(echo(), {connect("a"), send_until_stalled("hello", false), half_close("a")});
  d.takes = false;
  d.begin().at(200ms).take(2).at(499ms);
  EXPECT_EQ(d.asked(), "connect write:hello");
  d.at(500ms);
  EXPECT_EQ(d.asked(), "connect write:hello drop-unsent half-close");
}

TEST(ConversationSendTest, ASendThatNeverStallsGoesOnAtOnce) {
  Driver d(echo(), {connect("a"), send_until_stalled("hello", false), expect_reply("a")});
  d.begin().receive("hello");
  EXPECT_EQ(d.asked(), "connect write:hello");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, TheRestIsWrittenOnWhereItIsKept) {
  Driver d(echo(), {connect("a"), send_until_stalled("hello", true), connect("b"),
                    exchange("b", "B"), expect_reply("a")});
  d.takes = false;
  d.begin().take(2).at(300ms).take(1, 1).receive("B", 1);
  EXPECT_FALSE(d.finished());
  d.take(3).receive("hello");
  EXPECT_EQ(d.asked(), "connect write:hello");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, AReplyMayComeWhileTheRestIsStillGoingOut) {
  Driver d(echo(), {connect("a"), send("a", "hello"), expect_reply("a")});
  d.takes = false;
  d.begin().take(2).receive("he").take(3).receive("llo");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, MoreTakenThanWasWrittenIsNotCounted) {
  Driver d(echo(), {connect("a"), send("a", "hi"), send("a", "ho"), expect_reply("a")});
  d.takes = false;
  d.begin().take(100).take(100).receive("hiho");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

// Bytes that the kernel took before the time was up may be told only after it, so the rest is not
// dropped until a Tick has come.
TEST(ConversationSendTest, ADeadlineIsOnlyReachedByATick) {
  Driver d(echo(), {connect("a"), send_until_stalled("hello", false), expect_reply("a")});
  d.takes = false;
  d.begin().without_ticks_at(301ms).queue_empty().without_ticks_at(302ms).take(5).receive("hello");
  EXPECT_EQ(d.asked(), "connect write:hello");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationSendTest, CodePointsAreCutAtEachPlaceInside) {
  step::Send send = sending("a\xE2\x82\xAC");
  send.split = {Split::Kind::InsideCodePoints, {}};
  send.barrier = Barrier::Reply;
  Driver d(echo(), {connect("a"), send_as("a", send)});
  d.begin().receive("a").receive("\xE2").receive("\x82\xAC").receive("\xE2\x82").receive("\xAC");
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.written(), "a\xE2\x82\xAC\xE2\x82\xAC");
}

}  // namespace
}  // namespace sockspec::test
