#include "reports/timeline.h"

#include <gtest/gtest.h>

#include <chrono>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

ScenarioResult with(Transcript transcript) {
  ScenarioResult made = result("a/b", Outcome::Fail);
  made.peers = {"a", "b"};
  made.transcript = std::move(transcript);
  return made;
}

TranscriptEntry of_peer(std::size_t peer, TranscriptEntry made) {
  made.peer = peer;
  return made;
}

TEST(TimelineTest, EachLineSaysWhenWhoAndWhat) {
  EXPECT_EQ(timeline(failed_echo(), "en", 10),
            (Lines{"      0.0 ms  a  connect", "      1.0 ms  a  connected",
                   "      1.0 ms  a  send 5 bytes: \"hello\"",
                   "      2.0 ms  a  received 5 bytes: \"heLlo\""}));
}

TEST(TimelineTest, NeighboursOfTheSameKindAreJoined) {
  const Transcript transcript = {entry(1ms, Entry::Write, 2, "he"), entry(1ms, Entry::Sent, 2),
                                 entry(2ms, Entry::Write, 3, "llo"), entry(3ms, Entry::Received, 2),
                                 entry(4ms, Entry::Received, 3)};
  EXPECT_EQ(timeline(with(transcript), "en", 10),
            (Lines{"      1.0 ms  a  send 5 bytes: \"hello\"",
                   "      3.0 ms  a  received 5 bytes, as owed"}));
}

TEST(TimelineTest, OtherPeersAndWrongBytesAreNotJoined) {
  const Transcript transcript = {
      entry(1ms, Entry::Write, 1, "x"), of_peer(1, entry(1ms, Entry::Write, 1, "y")),
      entry(2ms, Entry::Received, 1), entry(3ms, Entry::Received, 1, "?"),
      entry(4ms, Entry::Received, 1)};
  EXPECT_EQ(timeline(with(transcript), "en", 10).size(), 5U);
}

TEST(TimelineTest, TheMiddleIsLeftOutAndCounted) {
  Transcript transcript;
  for (int i = 0; i < 50; ++i) {
    transcript.push_back(
        entry(std::chrono::milliseconds(i), i % 2 == 0 ? Entry::Pause : Entry::Resume));
  }
  const Lines lines = timeline(with(transcript), "en", 9);
  ASSERT_EQ(lines.size(), 9U);
  EXPECT_EQ(lines[2], "      2.0 ms  a  stop reading");
  EXPECT_EQ(lines[3], "              … 42 more …");
  EXPECT_EQ(lines[8], "     49.0 ms  a  read again");
}

TEST(TimelineTest, JustEnoughLinesAreAllShown) {
  const Transcript transcript = {entry(0ms, Entry::Connect), entry(1ms, Entry::Connected),
                                 entry(2ms, Entry::Ended)};
  EXPECT_EQ(timeline(with(transcript), "en", 3).size(), 3U);
  EXPECT_EQ(timeline(with({}), "en", 3).size(), 0U);
}

TEST(TimelineTest, ADeadServerIsNobodysLine) {
  TranscriptEntry gone = entry(5ms, Entry::ServerGone);
  gone.how = {"exit.code", {{"code", "3"}}};
  EXPECT_EQ(timeline(with({gone}), "en", 3),
            (Lines{"      5.0 ms  -  the server exited with code 3"}));
}

TEST(TimelineTest, ItSpeaksKorean) {
  EXPECT_EQ(timeline(with({entry(0ms, Entry::HalfClose)}), "ko", 3),
            (Lines{"      0.0 ms  a  한쪽 닫기(FIN)"}));
}

TEST(DeedsTest, WhatWasDoneIsOneLine) {
  EXPECT_EQ(deeds(failed_echo(), "en"), "connect; send 5 bytes: \"hello\"");
}

TEST(DeedsTest, TheSameDeedInARowIsSaidOnce) {
  Transcript transcript;
  for (std::size_t peer = 0; peer < 20; ++peer)
    transcript.push_back(of_peer(peer, entry(0ms, Entry::Connect)));
  EXPECT_EQ(deeds(with(transcript), "en"), "connect");
}

}  // namespace
}  // namespace sockspec::reports::test
