#include "core/load/reply_stream.h"

#include <gtest/gtest.h>

#include "core/load/reply_test_language.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

// One connection; what it sends, and what the server makes of it.
class Exchange {
 public:
  explicit Exchange(const Profile& profile = tcp(), SizeRange size = {64, 64})
      : payloads_(payloads_of(profile, size)), replies_(payloads_, 3) {}

  void send(std::uint64_t requests) {
    for (std::uint64_t i = 0; i < requests; ++i) replies_.sent(sent_++, now_, now_);
  }
  std::string reply(std::uint64_t sequence, std::uint64_t connection = 3) const {
    return reply_text(payloads_, payloads_.id(connection, sequence));
  }
  void comes(std::string_view bytes) { replies_.received(bytes, now_, judged_); }
  void pass(Duration time) { now_ += time; }
  void give_up() { replies_.give_up(now_, judged_); }
  void closes(bool reset = false) { replies_.closed(reset, judged_); }
  std::string told() const { return story(judged_); }
  const std::vector<Judged>& judged() const { return judged_; }
  std::size_t in_flight() const { return replies_.in_flight(); }
  ReplyStream& replies() { return replies_; }

 private:
  Payloads payloads_;
  ReplyStream replies_;
  std::vector<Judged> judged_;
  std::uint64_t sent_ = 0;
  Duration now_ = 1s;
};

std::string changed(std::string text, std::size_t at, char to = '\x01') {
  text[at] = to;
  return text;
}

std::string swapped_case(std::string text) {
  for (char& c : text) c = ascii_lower(c);
  return text;
}

TEST(ReplyStreamTest, RightRepliesAreOkHoweverManyComeInOneRead) {
  Exchange exchange;
  exchange.send(3);
  exchange.comes(exchange.reply(0) + exchange.reply(1));
  EXPECT_EQ(exchange.told(), "Ok 0, Ok 1");
  EXPECT_EQ(exchange.in_flight(), 1U);
  EXPECT_TRUE(exchange.judged()[0].answers);
  EXPECT_EQ(exchange.judged()[0].sent, 1s);
  EXPECT_EQ(exchange.judged()[0].excerpt, nullptr);
}

TEST(ReplyStreamTest, ALargeReplyMayComeInManyReads) {
  Exchange exchange(tcp(Transform::Uppercase), {100'000, 100'000});
  exchange.send(1);
  const std::string reply = exchange.reply(0);
  for (std::size_t at = 0; at < reply.size(); at += 999) {
    EXPECT_EQ(exchange.told(), "");
    exchange.comes(std::string_view(reply).substr(at, 999));
  }
  EXPECT_EQ(exchange.told(), "Ok 0");
}

TEST(ReplyStreamTest, AWrongByteIsCorruptWithItsPlaceAndBothTexts) {
  Exchange exchange;
  exchange.send(2);
  exchange.comes(changed(exchange.reply(0), 40) + exchange.reply(1));
  ASSERT_EQ(exchange.told(), "Corrupt 0, Ok 1");
  const Judged& wrong = exchange.judged()[0];
  EXPECT_TRUE(wrong.answers);
  EXPECT_EQ(wrong.offset, 40U);
  EXPECT_EQ(wrong.excerpt->offset, 24U);
  EXPECT_EQ(wrong.excerpt->expected, exchange.reply(0).substr(24));
  EXPECT_EQ(wrong.excerpt->received, changed(exchange.reply(0), 40).substr(24));
}

TEST(ReplyStreamTest, AWrongTagIsCorruptAtOnceWhenNothingElseIsDue) {
  for (std::size_t at = 0; at < kTagSize; ++at) {
    Exchange exchange;
    exchange.send(1);
    exchange.comes(changed(exchange.reply(0), at, 'b'));
    EXPECT_EQ(exchange.told(), "Corrupt 0");
    EXPECT_EQ(exchange.judged()[0].offset, at);
  }
}

TEST(ReplyStreamTest, AReplyOfAnotherSizeWithAWrongTagIsFoundByTheTagBehindIt) {
  Exchange exchange(tcp(), {30, 90});
  exchange.send(3);
  exchange.comes(changed(exchange.reply(1), 3) + exchange.reply(2));
  EXPECT_EQ(counts(exchange.judged())[ReplyVerdict::Corrupt], 1U);
  EXPECT_EQ(exchange.judged().back().verdict, ReplyVerdict::Ok);
}

TEST(ReplyStreamTest, OnlyTheCaseOfLettersIsWrongTransform) {
  Exchange upper(tcp(Transform::Uppercase));
  upper.send(2);
  const Payloads echo = payloads_of(tcp(), {64, 64});
  upper.comes(reply_text(echo, echo.id(3, 0)) + upper.reply(1));
  EXPECT_EQ(upper.told(), "WrongTransform 0, Ok 1");

  Exchange lowered;
  lowered.send(2);
  lowered.comes(swapped_case(lowered.reply(0) + lowered.reply(1)));
  EXPECT_EQ(lowered.told(), "WrongTransform 0, WrongTransform 1");
}

TEST(ReplyStreamTest, ALaterReplyMayOvertakeAndTheEarlierIsReordered) {
  Exchange exchange;
  exchange.send(3);
  exchange.comes(exchange.reply(1) + exchange.reply(0) + exchange.reply(2));
  EXPECT_EQ(exchange.told(), "Ok 1, Reordered 0, Ok 2");
}

TEST(ReplyStreamTest, ASecondReplyIsADuplicateWhileIdleOrBusy) {
  Exchange exchange;
  exchange.send(1);
  exchange.comes(exchange.reply(0) + exchange.reply(0));
  exchange.send(1);
  exchange.comes(exchange.reply(0) + exchange.reply(1));
  EXPECT_EQ(exchange.told(), "Ok 0, Duplicate 0, Duplicate 0, Ok 1");
  EXPECT_FALSE(exchange.judged()[1].answers);
}

TEST(ReplyStreamTest, AnotherConnectionsReplyIsCrossTalkAndTheOwnStaysDue) {
  Exchange exchange(tcp(), {20, 90});
  exchange.send(2);
  exchange.comes(exchange.reply(7, 4) + exchange.reply(0) + exchange.reply(9, 5) +
                 exchange.reply(1));
  EXPECT_EQ(exchange.told(), "CrossTalk 0, Ok 0, CrossTalk 1, Ok 1");
  EXPECT_EQ(exchange.judged()[0].excerpt->received, exchange.reply(7, 4).substr(0, kMostExcerpt));
}

TEST(ReplyStreamTest, WhatComesAfterItsTimeIsLateAndNotLost) {
  Exchange exchange;
  exchange.send(2);
  exchange.pass(1s);
  exchange.give_up();
  exchange.give_up();
  EXPECT_EQ(exchange.told(), "Lost 0, Lost 1");
  exchange.comes(exchange.reply(0));
  EXPECT_EQ(exchange.told(), "Lost 0, Lost 1, Late 0 (was lost)");
  EXPECT_FALSE(exchange.judged().back().answers);
  EXPECT_EQ(exchange.in_flight(), 0U);
  EXPECT_EQ(counts(exchange.judged())[ReplyVerdict::Lost], 1U);
}

TEST(ReplyStreamTest, ATagBeforeTheEndMakesTheReplyBeforeItTruncated) {
  for (const std::size_t length : {1U, 15U, 16U, 40U, 63U}) {
    Exchange exchange;
    exchange.send(2);
    exchange.comes(exchange.reply(0).substr(0, length) + exchange.reply(1));
    ASSERT_EQ(exchange.told(), "Truncated 0, Ok 1") << length;
    EXPECT_EQ(exchange.judged()[0].offset, length);
  }
}

TEST(ReplyStreamTest, BytesBehindAReplyAreOverLongOnceAndTheNextIsFound) {
  for (const std::size_t extra : {1U, 16U, 64U, 65U, 960U}) {
    Exchange exchange;
    exchange.send(3);
    exchange.comes(exchange.reply(0) + std::string(extra, '\0') + exchange.reply(1));
    ASSERT_EQ(exchange.told(), "Ok 0, OverLong 0, Ok 1") << extra;
    EXPECT_EQ(exchange.judged()[1].offset, 64U);
    EXPECT_EQ(exchange.judged()[1].excerpt->received.size(), std::min<std::size_t>(extra, 64));
  }
}

TEST(ReplyStreamTest, BytesWithTheLastReplyAreOverLongAndLaterOnesUnsolicited) {
  Exchange exchange;
  exchange.send(1);
  exchange.comes(exchange.reply(0) + std::string("\0\0", 2));
  EXPECT_EQ(exchange.told(), "Ok 0, OverLong 0");
  exchange.send(1);
  exchange.comes(exchange.reply(1));
  exchange.pass(1s);
  exchange.comes("are you there?");
  exchange.comes(" hello?");
  EXPECT_EQ(exchange.told(), "Ok 0, OverLong 0, Ok 1, Unsolicited 0");
  EXPECT_EQ(exchange.judged().back().excerpt->received, "are you there?");
}

TEST(ReplyStreamTest, InsertedOrMissingBytesAreOneCorruptReply) {
  Exchange exchange;
  exchange.send(4);
  std::string longer = exchange.reply(0);
  longer.insert(30, "\x01\x02\x03");
  std::string shorter = exchange.reply(2);
  shorter.erase(30, 3);
  exchange.comes(longer + exchange.reply(1) + shorter + exchange.reply(3));
  EXPECT_EQ(exchange.told(), "Corrupt 0, Ok 1, Corrupt 2, Ok 3");
}

TEST(ReplyStreamTest, AClosedConnectionEndsWhatIsInFlight) {
  Exchange ended;
  ended.send(2);
  ended.comes(ended.reply(0).substr(0, 10));
  ended.closes();
  EXPECT_EQ(ended.told(), "Truncated 0, EarlyEnd 1");
  EXPECT_EQ(ended.in_flight(), 0U);

  Exchange reset;
  reset.send(2);
  reset.comes(reset.reply(0).substr(0, 10));
  reset.closes(true);
  EXPECT_EQ(reset.told(), "Reset 0, Reset 1");

  Exchange late;
  late.send(1);
  late.pass(1s);
  late.give_up();
  late.comes(late.reply(0).substr(0, 10));
  late.closes();
  EXPECT_EQ(late.told(), "Lost 0, Truncated 0 (was lost)");
}

TEST(ReplyStreamTest, AnErrorMessageInsteadOfTheReplyIsCorrupt) {
  Exchange exchange;
  exchange.send(1);
  exchange.comes("go away");
  exchange.closes();
  EXPECT_EQ(exchange.told(), "Corrupt 0");
  EXPECT_EQ(exchange.judged()[0].excerpt->received, "go away");
}

TEST(ReplyStreamTest, ASlotCanBeUsedForAnotherConnection) {
  Exchange exchange;
  exchange.send(2);
  exchange.comes(exchange.reply(0));
  exchange.replies().restart(8);
  exchange.replies().sent(0, 0s, 0s);
  exchange.comes(exchange.reply(0, 8));
  EXPECT_EQ(exchange.told(), "Ok 0, Ok 0");
}

TEST(ReplyStreamTest, ALineThatEndsEarlyIsTruncatedAndItsRestIsNoOtherFault) {
  Exchange exchange(line(), {64, 64});
  exchange.send(3);
  exchange.comes(exchange.reply(0).substr(0, 40) + "\n" + exchange.reply(1));
  EXPECT_EQ(exchange.told(), "Truncated 0, Ok 1");
  Exchange cut(line(), {64, 64});
  cut.send(3);
  cut.comes(changed(cut.reply(0), 40, '\n') + cut.reply(1));
  EXPECT_EQ(cut.told(), "Truncated 0, Ok 1");
}

TEST(ReplyStreamTest, ALineThatGoesOnIsOverLong) {
  Exchange exchange(line(), {64, 64});
  exchange.send(3);
  std::string longer = exchange.reply(0);
  longer.insert(63, " and more");
  exchange.comes(longer + exchange.reply(1));
  EXPECT_EQ(exchange.told(), "OverLong 0, Ok 1");
}

TEST(ReplyStreamTest, EachWrongLineIsTheReplyToOneRequest) {
  Exchange exchange(line(), {64, 64});
  exchange.send(4);
  exchange.comes("what?\nwhat?\n" + exchange.reply(2));
  EXPECT_EQ(exchange.told(), "Corrupt 0, Corrupt 1, Ok 2");
}

TEST(ReplyStreamTest, RepliesWithoutTagsAreTakenInOrder) {
  Exchange exchange(tcp(), {8, 8});
  exchange.send(3);
  exchange.comes(exchange.reply(0) + changed(exchange.reply(1), 2) + exchange.reply(2));
  EXPECT_EQ(exchange.told(), "Ok 0, Corrupt 1, Ok 2");
}

TEST(ReplyStreamTest, AFixedTextAnswersTheOldest) {
  Profile profile = tcp(Transform::Text);
  profile.reply.text = "Hello";
  Exchange exchange(profile);
  exchange.send(3);
  exchange.comes("HelloHelpoHello!");
  EXPECT_EQ(exchange.told(), "Ok 0, Corrupt 1, Ok 2, OverLong 2");
}

TEST(ReplyStreamTest, AnyTextAnswersOnceAndNothingFollowsFromTheRest) {
  Exchange exchange(tcp(Transform::Date));
  exchange.send(1);
  exchange.comes("Sat 21 ");
  exchange.comes("Nov\n");
  exchange.closes();
  EXPECT_EQ(exchange.told(), "Ok 0");
}

TEST(ReplyStreamTest, AnIdleConnectionIsSmall) { EXPECT_LE(sizeof(ReplyStream), 300U); }

}  // namespace
}  // namespace sockspec::load
