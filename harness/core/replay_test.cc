// replay: the recorded observations reach the same checks again.
#include "core/replay.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/chargen.h"
#include "core/random_world.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

std::string again(const Conversation& recorded) {
  return whole(replay(recorded.script(), recorded.transcript()).checks());
}

std::string first(const Driver& d) { return whole(d.conversation().checks()); }

void trickle_chargen(Driver& d, std::uint64_t bytes) {
  for (std::uint64_t i = 0; i < bytes; ++i) {
    d.at(Instant(i)).receive(std::string(1, chargen::at(3, i)));
  }
}

std::vector<Step> basic() {
  return {connect("a"), send("a", "hello\n"), expect_reply("a"), quiet("a", 80ms)};
}

TEST(ReplayTest, APassIsAPassAgain) {
  Driver d(echo(), basic());
  d.begin().receive("hel").receive("lo\n").at(80ms);
  ASSERT_EQ(d.check("quiet"), "quiet pass");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, BytesThatWereOwedAreOnlyCounted) {
  Driver d(echo(), basic());
  d.begin().receive("hello\n").at(80ms);
  const Transcript& transcript = d.conversation().transcript();
  EXPECT_EQ(transcript.at(transcript.size() - 2).kind, Entry::Received);
  EXPECT_EQ(transcript.at(transcript.size() - 2).size, 6U);
  EXPECT_EQ(transcript.at(transcript.size() - 2).bytes, "");
}

TEST(ReplayTest, ADifferenceIsTheSameDifferenceAgain) {
  Driver d(echo(), basic());
  d.begin().receive("heXlo\n");
  ASSERT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, SilenceIsSilenceAgain) {
  Driver d(echo(), basic());
  d.begin().receive("he").at(3s);
  ASSERT_EQ(d.check("reply"), "reply fail seen.partial timing-only");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, AServerThatIsGoneIsGoneAgain) {
  Driver d(echo(), basic());
  d.begin().server_gone().at(1s);
  ASSERT_EQ(d.check("reply"), "reply fail seen.server-gone");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, SamplesAreTheSameSamplesAgain) {
  Driver d(echo(), {connect("a"), keep_sample(Resource::Descriptors, "start"), hold("a", 5ms),
                    judge_sample(Resource::CloseWait, 0),
                    judge_sample(Resource::Descriptors, 2, "start"), judge_cpu(10, 500ms)});
  d.figures = {{Resource::Descriptors, 7}, {Resource::Cpu, 40}};
  d.begin();
  d.figures[Resource::Descriptors] = 11;
  d.at(1s);
  d.figures[Resource::Descriptors] = 9;
  d.at(3s);
  ASSERT_EQ(d.check("close-wait"), "close-wait skipped seen.cannot-measure");
  ASSERT_EQ(d.check("descriptors"), "descriptors pass");
  ASSERT_EQ(d.check("cpu"), "cpu pass");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, ARestartedServerIsRestartedAgain) {
  Driver d(echo(),
           {connect("a"), server(ServerAct::Terminate), expect_exit(), server(ServerAct::Restart),
            as_check("again", at_level(Level::Should, expect_exit())), connect("b"),
            exchange("b", "x")});
  d.begin().server_gone().at(1s).server_started(true).at(4s).receive("x", 1);
  ASSERT_EQ(d.check("restart"), "restart pass");
  ASSERT_EQ(d.check("again"), "again fail seen.still-runs timing-only");
  ASSERT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, AServerThatDoesNotListenHasItsReasonAgain) {
  Driver d(echo(), {connect("a"), server(ServerAct::Restart), alive()});
  d.begin().at(1s).server_started(false, {"seen.not-restarted", {{"why", "no memory"}}});
  ASSERT_EQ(d.check("restart"), "restart fail seen.not-restarted");
  ASSERT_EQ(d.observed("restart", "why"), "no memory");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, AStopwatchRunsAsLongAgain) {
  Driver d(echo(), {connect("a"), stopwatch("w", {exchange("a", "x")}), median("w", 5ms)});
  d.begin().at(40ms).receive("x");
  ASSERT_EQ(d.check("median"), "median fail seen.median-nagle timing-only");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, ChargenBeginsWhereItBegan) {
  Driver d(chargen(), {connect("a"), expect_reply_bytes("a", 300)});
  d.begin().receive(chargen::excerpt(1, 0, 100)).receive("wrong");
  ASSERT_EQ(d.check("reply"), "reply fail seen.different");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, ManyUnexpectedBytesOfOneReadAreNotLost) {
  const std::string much(200'000, 'm');
  Driver d(echo(), {connect("a"), expect_bytes("a", much), expect_end("a")});
  d.begin().receive(much).fin();
  ASSERT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, AFloodOfTextIsTheSameFloodAgain) {
  Driver d(daytime(), {connect("a"), hold("a", 1s), expect_reply("a")});
  d.begin().trickle(std::string(65536, 'f'), 1us, 20'000).at(3s);
  ASSERT_EQ(d.check("reply"), "reply fail text.not-a-date");
  EXPECT_LT(d.conversation().transcript().size(), 12'000U);
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, AFloodAgainstExactBytesStaysBounded) {
  Driver d(echo(), {connect("a"), expect_bytes("a", "hi"), hold("a", 1s), expect_end("a")});
  d.begin().trickle("hi" + std::string(65534, 'f'), 1us, 20'000).at(2s).fin();
  ASSERT_EQ(d.check("end"), "end fail seen.unasked");
  EXPECT_LT(d.conversation().transcript().size(), 12'000U);
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, AFloodOfChargenIsJoined) {
  Driver d(chargen(), {connect("a"), expect_reply_bytes("a", 15'000), hold("a", 1s)});
  trickle_chargen(d.begin(), 20'000);
  d.at(2s);
  ASSERT_EQ(d.check("reply"), "reply pass");
  EXPECT_LT(d.conversation().transcript().size(), 10'100U);
  EXPECT_EQ(again(d.conversation()), first(d));
}

TEST(ReplayTest, TheTranscriptOfAnotherScriptDoesNoHarm) {
  Driver d(echo(), basic());
  d.begin().receive("hello\n").at(80ms);
  Transcript foreign = d.conversation().transcript();
  foreign.back().peer = 77;
  foreign.at(foreign.size() - 2).claim = {1U << 30U, 12};
  foreign.at(foreign.size() - 2).peer = 3;
  const Conversation conversation = replay(script(udp_echo(), basic()), foreign);
  EXPECT_FALSE(conversation.finished());
}

// Whatever happens, in whatever order: no crash, an end, and the same checks from the transcript.
RC_GTEST_PROP(ReplayTest, AnyConversationReplaysToTheSameChecks, (std::uint8_t number)) {
  const auto bytes = *rc::gen::scale(3.0, rc::gen::arbitrary<std::string>());
  RandomWorld world(script_number(number), bytes);
  world.run();
  RC_ASSERT(world.broken_promise() == "");
  RC_ASSERT(world.conversation().finished());
  const Conversation replayed = replay(world.script(), world.conversation().transcript());
  RC_ASSERT(whole(replayed.checks()) == whole(world.conversation().checks()));
}

}  // namespace
}  // namespace sockspec::test
