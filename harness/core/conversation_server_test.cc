// Conversation: figures of the server's processes, what is done to them, and stopwatches.
#include <gtest/gtest.h>

#include "core/conversation.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

constexpr std::size_t kNobody = SIZE_MAX;  // the peer of what concerns no connection
constexpr std::uint64_t kMiB = 1024 * 1024;

std::string asked_of_the_server(const Driver& d) { return d.asked(kNobody); }

Message exit_code(const std::string& code) { return {"exit.code", {{"code", code}}}; }

// Samples.

TEST(ConversationServerTest, AKeptSampleIsNoCheckOfItsOwn) {
  Driver d(echo(), {connect("a"), keep_sample(Resource::Descriptors, "start")});
  d.figures = {{Resource::Descriptors, 7}};
  d.begin();
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(asked_of_the_server(d), "sample:descriptors");
  EXPECT_EQ(d.check("descriptors"), "no check");
}

TEST(ConversationServerTest, AFigureAtTheLimitPasses) {
  Driver d(echo(), {connect("a"), judge_sample(Resource::Zombies, 1)});
  d.figures = {{Resource::Zombies, 1}};
  d.begin();
  EXPECT_EQ(d.check("zombies"), "zombies pass");
  EXPECT_EQ(d.full_check("zombies").axis, Axis::Resources);
}

TEST(ConversationServerTest, ASampleNeedsNoConnection) {
  Driver d(echo(), {judge_sample(Resource::Descriptors, 9)});
  d.figures = {{Resource::Descriptors, 7}};
  d.begin();
  EXPECT_EQ(d.check("descriptors"), "descriptors pass");
}

TEST(ConversationServerTest, AFigureThatIsTooHighIsLookedAtAgain) {
  Driver d(echo(), {connect("a"), judge_sample(Resource::CloseWait, 0)});
  d.figures = {{Resource::CloseWait, 3}};
  d.begin();
  EXPECT_EQ(d.wake_at(), 20ms);
  d.figures = {{Resource::CloseWait, 0}};
  d.at(20ms);
  EXPECT_EQ(d.check("close-wait"), "close-wait pass");
  EXPECT_EQ(asked_of_the_server(d), "sample:close-wait sample:close-wait");
}

TEST(ConversationServerTest, AFigureThatStaysTooHighFailsWhenTheTimeIsOver) {
  Driver d(echo(), {connect("a"), within(50ms, judge_sample(Resource::Zombies, 1))});
  d.figures = {{Resource::Zombies, 20}};
  d.begin().at(1s);
  EXPECT_EQ(d.check("zombies"), "zombies fail seen.zombies timing-only");
  EXPECT_EQ(d.full_check("zombies").at, 50ms);
  EXPECT_EQ(d.full_check("zombies").peer, "");
  EXPECT_EQ(d.expected("zombies", "limit"), "1");
  EXPECT_EQ(d.observed("zombies", "value"), "20");
  EXPECT_EQ(d.observed("zombies", "within"), "50 ms");
}

TEST(ConversationServerTest, ALimitCountsFromTheSampleThatWasKept) {
  for (const std::uint64_t later : {12U, 13U}) {
    Driver d(echo(), {connect("a"), keep_sample(Resource::Descriptors, "start"), hold("a", 10ms),
                      judge_sample(Resource::Descriptors, 2, "start")});
    d.figures = {{Resource::Descriptors, 10}};
    d.begin();
    d.figures = {{Resource::Descriptors, later}};
    d.at(3s);
    EXPECT_EQ(d.check("descriptors"),
              later == 12 ? "descriptors pass" : "descriptors fail seen.descriptors timing-only");
  }
}

TEST(ConversationServerTest, AFailureTellsWhereItStarted) {
  Driver d(echo(), {connect("a"), keep_sample(Resource::Memory, "start"), hold("a", 10ms),
                    judge_sample(Resource::Memory, 16 * kMiB, "start")});
  d.figures = {{Resource::Memory, 3 * kMiB}};
  d.begin();
  d.figures = {{Resource::Memory, 64 * kMiB + kMiB / 2}};
  d.at(3s);
  EXPECT_EQ(d.check("memory"), "memory fail seen.memory timing-only");
  EXPECT_EQ(d.expected("memory", "limit"), "19.0 MiB");
  EXPECT_EQ(d.observed("memory", "start"), "3.0 MiB");
  EXPECT_EQ(d.observed("memory", "value"), "64.5 MiB");
}

TEST(ConversationServerTest, WithoutAStartNoneIsTold) {
  Driver d(echo(), {connect("a"), judge_sample(Resource::Descriptors, 5)});
  d.figures = {{Resource::Descriptors, 9}};
  d.begin().at(2s);
  EXPECT_EQ(d.check("descriptors"), "descriptors fail seen.descriptors-alone timing-only");
}

TEST(ConversationServerTest, WhatTheSystemDoesNotTellIsSkipped) {
  Driver d(echo(), {connect("a"), judge_sample(Resource::CloseWait, 0), exchange("a", "x")});
  d.begin().receive("x");
  EXPECT_EQ(d.check("close-wait"), "close-wait skipped seen.cannot-measure");
  EXPECT_EQ(d.check("reply"), "reply pass");
  EXPECT_EQ(outcome_of(d.conversation().checks()), Outcome::Pass);
}

TEST(ConversationServerTest, AStartThatIsNotKnownLeavesTheRestUnjudged) {
  Driver d(echo(), {connect("a"), keep_sample(Resource::Memory, "start"), hold("a", 10ms),
                    judge_sample(Resource::Memory, 1, "start")});
  d.begin();
  d.figures = {{Resource::Memory, 64 * kMiB}};
  d.at(10ms);
  EXPECT_EQ(d.check("memory"), "memory skipped seen.cannot-measure");
  EXPECT_EQ(outcome_of(d.conversation().checks()), Outcome::Skipped);
}

TEST(ConversationServerTest, AnAnswerThatNobodyAskedForIsIgnored) {
  const Event stale{0, event::Sampled{Resource::Zombies, 0}};
  const Event other{0, event::Sampled{Resource::Memory, 0}};
  Conversation conversation(script(echo(), {judge_sample(Resource::Zombies, 1)}));
  conversation.step(0ms, {0, event::Begin{}});
  conversation.step(1ms, other);
  EXPECT_FALSE(conversation.finished());
  conversation.step(2ms, {0, event::Sampled{Resource::Zombies, 20}});
  conversation.step(3ms, stale);
  EXPECT_FALSE(conversation.finished());
}

TEST(ConversationServerTest, AServerThatIsGoneIsNotMeasured) {
  Driver d(echo(), {connect("a"), hold("a", 10ms), judge_sample(Resource::Zombies, 1)});
  d.figures = {{Resource::Zombies, 0}};
  d.begin().server_gone().at(10ms);
  EXPECT_EQ(d.check("zombies"), "zombies fail seen.server-gone");
  EXPECT_EQ(d.observed("zombies", "how"), "gone.exit");
}

// Processor time.

TEST(ConversationServerTest, ProcessorTimeIsMeasuredOverAWindow) {
  Driver d(echo(), {connect("a"), judge_cpu(10, 500ms)});
  d.figures = {{Resource::Cpu, 3'000'000'000}};
  d.begin();
  EXPECT_EQ(d.wake_at(), 500ms);
  d.figures = {{Resource::Cpu, 3'050'000'000}};
  d.at(500ms);
  EXPECT_EQ(d.check("cpu"), "cpu pass");
}

TEST(ConversationServerTest, AServerThatComesToRestPassesInALaterWindow) {
  Driver d(echo(), {connect("a"), judge_cpu(10, 500ms)});
  d.figures = {{Resource::Cpu, 0}};
  d.begin();
  d.figures = {{Resource::Cpu, 400'000'000}};
  d.at(500ms);
  EXPECT_FALSE(d.finished());
  d.figures = {{Resource::Cpu, 410'000'000}};
  d.at(1s);
  EXPECT_EQ(d.check("cpu"), "cpu pass");
}

TEST(ConversationServerTest, AServerThatNeverRestsFails) {
  Driver busy(echo(), {connect("a"), judge_cpu(10, 500ms)});
  busy.figures = {{Resource::Cpu, 0}};
  busy.begin();
  for (std::uint64_t window = 1; window <= 5; ++window) {
    busy.figures = {{Resource::Cpu, window * 500'000'000}};
    busy.at(window * 500ms);
  }
  EXPECT_EQ(busy.check("cpu"), "cpu fail seen.cpu timing-only");
  EXPECT_EQ(busy.expected("cpu", "limit"), "10");
  EXPECT_EQ(busy.observed("cpu", "value"), "100");
  EXPECT_EQ(busy.observed("cpu", "within"), "2500 ms");
}

TEST(ConversationServerTest, ProcessesThatEndTakeTheirProcessorTimeWithThem) {
  Driver d(echo(), {connect("a"), judge_cpu(0, 500ms)});
  d.figures = {{Resource::Cpu, 900'000'000}};
  d.begin();
  d.figures = {{Resource::Cpu, 100'000'000}};
  d.at(500ms);
  EXPECT_EQ(d.check("cpu"), "cpu pass");
}

// What is done to the server.

TEST(ConversationServerTest, AServerThatEndsAfterSigtermPasses) {
  Driver d(echo(), {connect("a"), server(ServerAct::Terminate), expect_exit()});
  d.begin();
  EXPECT_EQ(asked_of_the_server(d), "server:terminate");
  EXPECT_FALSE(d.finished());
  d.at(1s).server_gone();
  EXPECT_TRUE(d.finished());
  EXPECT_EQ(d.check("exit"), "exit pass");
  EXPECT_EQ(d.full_check("exit").axis, Axis::Resources);
}

TEST(ConversationServerTest, AServerThatStaysAfterSigtermFails) {
  Driver d(echo(), {connect("a"), server(ServerAct::Terminate), expect_exit()});
  d.begin().at(2s);
  EXPECT_EQ(d.check("exit"), "exit fail seen.still-runs timing-only");
  EXPECT_EQ(d.observed("exit", "within"), "2000 ms");
}

TEST(ConversationServerTest, StopAndContinueObserveNothing) {
  Driver d(echo(), {connect("a"), server(ServerAct::Stop), hold("a", 20ms),
                    server(ServerAct::Continue), exchange("a", "x")});
  d.begin();
  EXPECT_EQ(asked_of_the_server(d), "server:stop");
  d.at(20ms).receive("x");
  EXPECT_EQ(asked_of_the_server(d), "server:stop server:continue");
  EXPECT_EQ(d.check("stop") + d.check("continue"), "no checkno check");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

std::vector<Step> restart_then_exchange() {
  return {within(4s, server(ServerAct::Restart)), connect("a"), exchange("a", "x")};
}

TEST(ConversationServerTest, ARestartIsOverWhenTheServerListens) {
  Driver d(echo(), restart_then_exchange());
  d.begin();
  EXPECT_EQ(asked_of_the_server(d), "server:restart");
  EXPECT_EQ(d.asked(), "");
  d.at(3s).server_started(true).receive("x");
  EXPECT_EQ(d.check("restart"), "restart pass");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationServerTest, TheEndOfTheServerBeforeARestartIsForgotten) {
  Driver d(echo(), {connect("b"), server(ServerAct::Terminate), expect_exit(),
                    server(ServerAct::Restart), connect("a"), exchange("a", "x")});
  d.begin().server_gone().at(1s).server_started(true).at(1500ms).receive("x", 1);
  EXPECT_EQ(d.check("exit"), "exit pass");
  EXPECT_EQ(d.check("reply"), "reply pass");
}

TEST(ConversationServerTest, AServerThatDoesNotListenAgainFailsForItsReason) {
  Driver d(echo(), restart_then_exchange());
  d.begin().server_started(false, {"seen.address-in-use"});
  EXPECT_EQ(d.check("restart"), "restart fail seen.address-in-use");
  EXPECT_EQ(d.check("reply"), "reply not-run");
}

TEST(ConversationServerTest, ARestartWithoutAReasonIsStillAFailure) {
  Driver d(echo(), restart_then_exchange());
  d.begin().server_started(false);
  EXPECT_EQ(d.check("restart"), "restart fail seen.not-restarted");
}

TEST(ConversationServerTest, ARestartThatIsNotAnsweredFails) {
  Driver d(echo(), restart_then_exchange());
  d.begin().at(3999ms);
  EXPECT_FALSE(d.finished());
  d.at(4s);
  EXPECT_EQ(d.check("restart"), "restart fail seen.not-listening timing-only");
  EXPECT_EQ(d.observed("restart", "within"), "4000 ms");
}

std::vector<Step> second() { return {connect("a"), within(4s, server(ServerAct::StartSecond))}; }

TEST(ConversationServerTest, ASecondServerThatSaysThatItCannotPasses) {
  Driver d(echo(), second());
  d.begin().server_started(false, exit_code("1"));
  EXPECT_EQ(d.check("start-second"), "start-second pass");
}

TEST(ConversationServerTest, ASecondServerThatListensTooFails) {
  Driver d(echo(), second());
  d.begin().server_started(true);
  EXPECT_EQ(d.check("start-second"), "start-second fail seen.second-listens");
}

TEST(ConversationServerTest, ASecondServerThatExitsAsIfAllWereWellFails) {
  Driver d(echo(), second());
  d.begin().server_started(false, exit_code("0"));
  EXPECT_EQ(d.check("start-second"), "start-second fail seen.second-silent");
}

TEST(ConversationServerTest, ASecondServerThatNeitherListensNorExitsFails) {
  Driver d(echo(), second());
  d.begin().at(4s);
  EXPECT_EQ(d.check("start-second"), "start-second fail seen.second-waits timing-only");
}

TEST(ConversationServerTest, ASecondServerThatOnlyRanOutOfTimeFailsToo) {
  Driver d(echo(), second());
  d.begin().at(3s).server_started(false);
  EXPECT_EQ(d.check("start-second"), "start-second fail seen.second-waits timing-only");
  EXPECT_EQ(d.observed("start-second", "within"), "3000 ms");
}

// Urgent bytes, peers that nobody judges, other addresses.

TEST(ConversationServerTest, AnUrgentByteIsSentAndObservesNothing) {
  Driver d(echo(), {connect("a"), urgent("a", '!'), close("a")});
  d.begin();
  EXPECT_EQ(d.asked(), "connect urgent:! close");
  EXPECT_TRUE(d.finished());
}

TEST(ConversationServerTest, OnAConnectionThatIsClosedNothingIsUrgent) {
  Driver d(echo(), {connect("a"), close("a"), urgent("a", '!')});
  d.begin();
  EXPECT_EQ(d.asked(), "connect close");
}

step::Connect unjudged() {
  step::Connect options;
  options.unjudged = true;
  return options;
}

TEST(ConversationServerTest, WhatComesOnAnUnjudgedConnectionIsNeverWrong) {
  Driver d(echo(), {connect_with("a", unjudged()), send("a", "x"), hold("a", 10ms), connect("b"),
                    exchange("b", "y")});
  d.begin().receive("anything").at(10ms).receive("y", 1);
  EXPECT_EQ(d.check("reply"), "reply pass");
}

step::Connect to_elsewhere() {
  step::Connect options;
  options.to = "127.0.0.2";
  options.connected = true;
  return options;
}

TEST(ConversationServerTest, WhereNobodyListensOnTheOtherAddressTheRestIsSkipped) {
  Driver d(udp_echo(),
           {connect_with("a", to_elsewhere()), send("a", "which way?"), expect_same_source("a")});
  d.begin().breaks(Breakage::Refused, Call::Receive);
  EXPECT_EQ(d.check("reply"), "reply skipped seen.not-there");
  EXPECT_EQ(outcome_of(d.conversation().checks()), Outcome::Skipped);
}

TEST(ConversationServerTest, ARefusedConnectionToTheOtherAddressIsSkippedToo) {
  Driver d(echo(), {connect_with("a", to_elsewhere()), exchange("a", "x"), expect_end("a")});
  d.accepts = false;
  d.begin().refuse();
  EXPECT_EQ(d.check("connect"), "connect skipped seen.not-there");
  EXPECT_EQ(d.check("reply"), "reply skipped");
  EXPECT_EQ(outcome_of(d.conversation().checks()), Outcome::Skipped);
}

TEST(ConversationServerTest, AnotherFailureOnTheOtherAddressIsAFailure) {
  Driver d(udp_echo(),
           {connect_with("a", to_elsewhere()), send("a", "which way?"), expect_same_source("a")});
  d.begin().receive_from("127.0.0.1:9", "which way?");
  EXPECT_EQ(d.check("reply"), "reply fail seen.foreign-source");
}

// Stopwatches. Three exchanges that take so long.

Driver timed(std::vector<Duration> times, Duration limit) {
  Driver d(echo(), {connect("a"), repeat(times.size(), {stopwatch("w", {exchange("a", "x")})}),
                    median("w", limit)});
  d.begin();
  for (const Duration time : times) d.at(d.now() + time).receive("x");
  return d;
}

TEST(ConversationServerTest, TheMiddleOfTheTimesIsWhatCounts) {
  const Driver d = timed({1ms, 1s, 2ms}, 5ms);
  EXPECT_EQ(d.check("median"), "median pass");
  EXPECT_EQ(d.full_check("median").axis, Axis::Latency);
}

TEST(ConversationServerTest, AMedianAboveTheLimitTellsTheTimes) {
  const Driver d = timed({10ms, 1ms, 12500us}, 5ms);
  EXPECT_EQ(d.check("median"), "median fail seen.median timing-only");
  EXPECT_EQ(d.expected("median", "limit"), "5.00 ms");
  EXPECT_EQ(d.expected("median", "of"), "w");
  EXPECT_EQ(d.observed("median", "median"), "10.00 ms");
  EXPECT_EQ(d.observed("median", "fastest"), "1.00 ms");
  EXPECT_EQ(d.observed("median", "slowest"), "12.50 ms");
  EXPECT_EQ(d.observed("median", "count"), "3");
  EXPECT_EQ(d.full_check("median").late_by, 5ms);
}

TEST(ConversationServerTest, TheTimeOfADelayedAcknowledgementIsNamed) {
  for (const Duration delayed : {40ms, 44ms, 200ms})
    EXPECT_EQ(timed({delayed}, 5ms).check("median"), "median fail seen.median-nagle timing-only");
  for (const Duration other : {20ms, 100ms, 300ms})
    EXPECT_EQ(timed({other}, 5ms).check("median"), "median fail seen.median timing-only");
}

// An exchange under each of two watches; the later may take twice as long, and 2 ms on top.
Driver steady(Duration first, Duration last) {
  Step no_slower = median("last", {});
  no_slower.action = step::Median{"last", std::nullopt, 2, "first", 2ms};
  Driver d(echo(), {connect("a"), stopwatch("first", {exchange("a", "x")}),
                    stopwatch("last", {exchange("a", "x")}), no_slower});
  d.begin().at(first).receive("x").at(first + last).receive("x");
  return d;
}

TEST(ConversationServerTest, AMedianMayBeComparedWithAnEarlierOne) {
  EXPECT_EQ(steady(10ms, 22ms).check("median"), "median pass");
  const Driver slower = steady(10ms, 23ms);
  EXPECT_EQ(slower.check("median"), "median fail seen.median timing-only");
  EXPECT_EQ(slower.full_check("median").expected.id, "expect.median-steady");
  EXPECT_EQ(slower.expected("median", "limit"), "22.00 ms");
}

TEST(ConversationServerTest, ASlowerEndIsNotBlamedOnDelayedAcknowledgements) {
  EXPECT_EQ(steady(1ms, 40ms).check("median"), "median fail seen.median timing-only");
}

}  // namespace
}  // namespace sockspec::test
