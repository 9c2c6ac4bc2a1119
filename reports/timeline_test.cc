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

TranscriptEntry act(Instant at, const std::string& name) {
  TranscriptEntry made = entry(at, Entry::ServerAct);
  made.peer = SIZE_MAX;
  made.text = name;
  return made;
}

TEST(TimelineTest, WhatIsDoneToTheServerIsNobodysLineEither) {
  EXPECT_EQ(
      timeline(with({act(1ms, "stop"), act(2ms, "continue"), act(3ms, "terminate"),
                     act(4ms, "restart"), act(5ms, "start-second")}),
               "en", 9),
      (Lines{"      1.0 ms  -  SIGSTOP to the server", "      2.0 ms  -  SIGCONT to the server",
             "      3.0 ms  -  SIGTERM to the server",
             "      4.0 ms  -  the server is ended and started again on the same port",
             "      5.0 ms  -  a second server is started on the same port"}));
}

TEST(TimelineTest, AStartSaysWhetherTheServerListens) {
  TranscriptEntry there = entry(5ms, Entry::ServerStarted);
  TranscriptEntry not_there = entry(6ms, Entry::ServerStarted);
  not_there.known = false;
  EXPECT_EQ(timeline(with({there, not_there}), "en", 3),
            (Lines{"      5.0 ms  -  the server listens",
                   "      6.0 ms  -  the server does not listen"}));
}

TEST(TimelineTest, FiguresAreNoNews) {
  EXPECT_EQ(timeline(with({entry(5ms, Entry::Sampled, 12)}), "en", 3), Lines{});
}

TEST(TimelineTest, AnUrgentByteIsALine) {
  EXPECT_EQ(timeline(with({entry(1ms, Entry::Urgent)}), "en", 3),
            (Lines{"      1.0 ms  a  send one urgent byte"}));
}

TEST(TimelineTest, ItSpeaksKorean) {
  EXPECT_EQ(timeline(with({entry(0ms, Entry::HalfClose)}), "ko", 3),
            (Lines{"      0.0 ms  a  한쪽 닫기(FIN)"}));
}

TEST(DeedsTest, WhatWasDoneIsOneLine) {
  EXPECT_EQ(deeds(failed_echo(), "en"), "connect; send 5 bytes: \"hello\"");
}

TEST(DeedsTest, WhatIsDoneToTheServerIsADeedAndItsAnswerIsNot) {
  const Transcript transcript = {entry(0ms, Entry::Urgent), act(1ms, "restart"),
                                 entry(2ms, Entry::ServerStarted), entry(3ms, Entry::Sampled, 9)};
  EXPECT_EQ(deeds(with(transcript), "en"),
            "send one urgent byte; the server is ended and started again on the same port");
}

TEST(DeedsTest, TheSameDeedInARowIsSaidOnce) {
  Transcript transcript;
  for (std::size_t peer = 0; peer < 20; ++peer)
    transcript.push_back(of_peer(peer, entry(0ms, Entry::Connect)));
  EXPECT_EQ(deeds(with(transcript), "en"), "connect");
}

}  // namespace
}  // namespace sockspec::reports::test
