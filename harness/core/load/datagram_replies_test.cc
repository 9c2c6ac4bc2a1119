#include "core/load/datagram_replies.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/load/reply_test_language.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

class Exchange {
 public:
  explicit Exchange(const Profile& profile = udp(), SizeRange size = {64, 64},
                    std::uint64_t requests = 3)
      : payloads_(payloads_of(profile, size)), replies_(payloads_, 3) {
    for (std::uint64_t i = 0; i < requests; ++i) replies_.sent(i, 0s, 1s);
  }
  std::string reply(std::uint64_t sequence, std::uint64_t connection = 3) const {
    return reply_text(payloads_, payloads_.id(connection, sequence));
  }
  void comes(std::string_view datagram) { replies_.received(datagram, judged_); }
  void give_up() { replies_.give_up(2s, judged_); }
  std::string told() const { return story(judged_); }
  const std::vector<Judged>& judged() const { return judged_; }

 private:
  Payloads payloads_;
  DatagramReplies replies_;
  std::vector<Judged> judged_;
};

std::string changed(std::string text, std::size_t at, char to = '\x01') {
  text[at] = to;
  return text;
}

TEST(DatagramRepliesTest, EachDatagramIsJudgedByItsTag) {
  Exchange exchange;
  exchange.comes(exchange.reply(1));
  exchange.comes(exchange.reply(0));
  exchange.comes(exchange.reply(1));
  exchange.comes(exchange.reply(2, 9));
  exchange.comes(exchange.reply(2));
  EXPECT_EQ(exchange.told(), "Ok 1, Reordered 0, Duplicate 1, CrossTalk 2, Ok 2");
  EXPECT_TRUE(exchange.judged()[1].answers);
  EXPECT_FALSE(exchange.judged()[2].answers);
}

TEST(DatagramRepliesTest, AnAnswerAfterItsTimeIsLateAndNotLost) {
  Exchange exchange;
  exchange.give_up();
  exchange.comes(exchange.reply(1));
  exchange.comes(exchange.reply(1));
  EXPECT_EQ(exchange.told(), "Lost 0, Lost 1, Lost 2, Late 1 (was lost), Duplicate 1");
}

TEST(DatagramRepliesTest, AWrongByteIsCorruptInTheTagToo) {
  for (std::size_t at = 0; at < 64; ++at) {
    Exchange exchange;
    exchange.comes(changed(exchange.reply(1), at));
    ASSERT_EQ(exchange.told(), "Corrupt 1") << at;
    EXPECT_EQ(exchange.judged()[0].offset, at);
    EXPECT_EQ(exchange.judged()[0].excerpt->received[at - exchange.judged()[0].excerpt->offset],
              '\x01');
  }
}

TEST(DatagramRepliesTest, OnlyTheCaseOfLettersIsWrongTransform) {
  Exchange exchange(udp(Transform::Uppercase));
  const Payloads echo = payloads_of(udp(), {64, 64});
  exchange.comes(reply_text(echo, echo.id(3, 0)));
  std::string lowered = exchange.reply(1);
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  exchange.comes(lowered);
  EXPECT_EQ(exchange.told(), "WrongTransform 0, WrongTransform 1");
}

TEST(DatagramRepliesTest, TheWrongLengthIsTruncatedOverLongOrMerged) {
  Exchange exchange(udp(), {64, 64}, 5);
  exchange.comes(exchange.reply(0).substr(0, 20));
  exchange.comes(exchange.reply(1).substr(0, 9));
  exchange.comes(exchange.reply(2) + "more");
  exchange.comes(exchange.reply(3) + exchange.reply(4));
  EXPECT_EQ(exchange.told(), "Truncated 0, Truncated 1, OverLong 2, Merged 3");
  EXPECT_EQ(exchange.judged()[1].offset, 9U);
}

TEST(DatagramRepliesTest, WhatAnswersNothingIsUnsolicited) {
  Exchange exchange;
  exchange.comes("who are you?");
  exchange.comes(exchange.reply(3));
  EXPECT_EQ(exchange.told(), "Unsolicited 0, Unsolicited 0");
  Exchange idle(udp(), {64, 64}, 0);
  idle.comes("who are you?");
  EXPECT_EQ(idle.told(), "Unsolicited 0");
  EXPECT_EQ(idle.judged()[0].excerpt->received, "who are you?");
}

TEST(DatagramRepliesTest, TheOnlyRequestIsAnsweredByWhateverComes) {
  Exchange exchange(udp(), {64, 64}, 1);
  exchange.comes("who are you?");
  EXPECT_EQ(exchange.told(), "Corrupt 0");
}

TEST(DatagramRepliesTest, RepliesWithoutTagsGoToTheRequestTheyAnswer) {
  Exchange exchange(udp(), {12, 12}, 5);
  exchange.comes(exchange.reply(1));
  exchange.comes(exchange.reply(1));
  exchange.comes(exchange.reply(0));
  exchange.comes(changed(exchange.reply(2), 4));
  exchange.comes(exchange.reply(3) + exchange.reply(4));
  EXPECT_EQ(exchange.told(), "Ok 1, Duplicate 1, Reordered 0, Corrupt 2, Merged 3");
}

TEST(DatagramRepliesTest, AFixedTextAnswersTheOldestAndOneTooManyIsADuplicate) {
  Profile profile = udp(Transform::Text);
  profile.reply.text = "Hello";
  Exchange exchange(profile, {64, 64}, 4);
  exchange.comes("Hello");
  exchange.comes("HelloHello");
  exchange.comes("Hell");
  exchange.comes("Hello");
  exchange.comes("Hello");
  EXPECT_EQ(exchange.told(), "Ok 0, Merged 1, Truncated 2, Ok 3, Duplicate 3");
}

TEST(DatagramRepliesTest, AnEmptyDatagramIsAnsweredByAnEmptyOne) {
  Exchange exchange(udp(), {0, 0}, 1);
  exchange.comes("");
  EXPECT_EQ(exchange.told(), "Ok 0");
}

TEST(DatagramRepliesTest, EveryFaultIsCountedExactlyWithManyInFlight) {
  for (const SizeRange& size : {SizeRange{64, 64}, SizeRange{17, 200}, SizeRange{1400, 1400}}) {
    const Payloads payloads = payloads_of(udp(), size);
    DatagramReplies replies(payloads, 3);
    FaultyServer server(payloads, 3, Faults{}, 11);
    std::vector<Judged> judged;
    constexpr std::uint64_t kRound = 500;
    for (std::uint64_t first = 0; first < 100'000; first += kRound) {
      const Duration now = std::chrono::milliseconds(first);
      for (std::uint64_t i = first; i < first + kRound; ++i) replies.sent(i, now, now);
      for (const std::string& datagram : server.answer(first, first + kRound))
        replies.received(datagram, judged);
      replies.give_up(now - 2 * kRound * 1ms, judged);  // what is lost stays in flight for a while
    }
    replies.give_up(Duration::max(), judged);
    EXPECT_EQ(counts(judged), server.truth());
  }
}

TEST(DatagramRepliesTest, AFloodOfGarbageChangesNothing) {
  Exchange exchange(udp(), {64, 64}, 32);
  Random random(2);
  std::string garbage(1400, ' ');
  for (int i = 0; i < 1000; ++i) {
    for (char& c : garbage) c = static_cast<char>(random.below(256));
    exchange.comes(std::string_view(garbage).substr(0, random.below(1400)));
  }
  exchange.comes(exchange.reply(0));
  EXPECT_EQ(exchange.judged().size(), 1001U);
  EXPECT_EQ(exchange.judged().back().verdict, ReplyVerdict::Ok);
}

}  // namespace
}  // namespace sockspec::load
