// bind: from a scenario to concrete moves for a profile.
#include "core/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/match.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;

// The moves in words: "connect a", "send a:hello", with all peers of a group.
std::vector<std::string> moves(const Script& script) {
  std::vector<std::string> words;
  for (const Move& move : script.moves) {
    std::string text = std::visit(Match{
                                      [](const move::Connect&) { return "connect"; },
                                      [](const move::Send&) { return "send"; },
                                      [](const move::AwaitReply&) { return "reply"; },
                                      [](const move::AwaitBytes&) { return "bytes"; },
                                      [](const move::AwaitEnd&) { return "end"; },
                                      [](const move::Quiet&) { return "quiet"; },
                                      [](const move::Hold&) { return "hold"; },
                                      [](const move::HalfClose&) { return "half-close"; },
                                      [](const move::Reset&) { return "reset"; },
                                      [](const move::Close&) { return "close"; },
                                      [](const move::Pause&) { return "pause"; },
                                      [](const move::Resume&) { return "resume"; },
                                      [](const move::Urgent&) { return "urgent"; },
                                      [](const move::Sample&) { return "sample"; },
                                      [](const move::Server&) { return "server"; },
                                      [](const move::AwaitExit&) { return "exit"; },
                                      [](const move::StartWatch&) { return "start-watch"; },
                                      [](const move::StopWatch&) { return "stop-watch"; },
                                      [](const move::Median&) { return "median"; },
                                  },
                                  move.what);
    for (const std::size_t peer : move.peers) text += " " + script.peers[peer].name;
    words.push_back(text);
  }
  return words;
}

std::vector<std::string> moves(const Profile& profile, std::vector<Step> steps) {
  return moves(script(profile, std::move(steps)));
}

TEST(ScriptTest, AnExchangeWithAnOpenConnectionUsesIt) {
  EXPECT_THAT(moves(echo(), {connect("a"), exchange("a", "x")}),
              ElementsAre("connect a", "send a", "reply a"));
}

TEST(ScriptTest, AnExchangeWithoutAConnectionMakesOne) {
  EXPECT_THAT(moves(echo(), {exchange("a", "x"), exchange("a", "y")}),
              ElementsAre("connect a", "send a", "reply a", "send a", "reply a"));
}

TEST(ScriptTest, AnExchangeWhereTheServerEndsIsAConnectionOfItsOwn) {
  EXPECT_THAT(moves(greeting(), {exchange("a", "x"), exchange("a", "y")}),
              ElementsAre("connect a", "send a", "reply a", "end a", "close a",  //
                          "connect a", "send a", "reply a", "end a", "close a"));
}

TEST(ScriptTest, AnExchangeWhereTheServerSpeaksFirstSendsNothing) {
  EXPECT_THAT(moves(daytime(), {exchange("a", "x")}),
              ElementsAre("connect a", "reply a", "end a", "close a"));
}

TEST(ScriptTest, AnExchangeWithAnEndlessReplyReadsSomeAndCloses) {
  EXPECT_THAT(moves(chargen(), {exchange("a", "x")}),
              ElementsAre("connect a", "reply a", "close a"));
}

TEST(ScriptTest, AnExchangeWithoutAReplyWaitsUntilTheServerHasRead) {
  const Script made = script(discard(), {exchange("a", "x")});
  EXPECT_EQ(std::get<move::Send>(made.moves[1].what).barrier, Barrier::Received);
}

TEST(ScriptTest, AnExchangeAfterACloseConnectsAgain) {
  EXPECT_THAT(moves(echo(), {connect("a"), close("a"), exchange("a", "x")}),
              ElementsAre("connect a", "close a", "connect a", "send a", "reply a"));
}

TEST(ScriptTest, AGroupThatExchangesAnewStaysAsLarge) {
  EXPECT_THAT(moves(greeting(), {connect("c", 2), exchange("c", "x")}),
              ElementsAre("connect c[1] c[2]", "connect c[1] c[2]", "send c[1] c[2]",
                          "reply c[1] c[2]", "end c[1] c[2]", "close c[1] c[2]"));
}

TEST(ScriptTest, AliveHasAPeerOfItsOwn) {
  EXPECT_THAT(moves(echo(), {alive()}),
              ElementsAre("connect alive", "send alive", "reply alive", "close alive"));
}

TEST(ScriptTest, AServerThatAnswersNothingIsAliveWhenItEnds) {
  EXPECT_THAT(moves(discard(), {alive()}),
              ElementsAre("connect alive", "send alive", "reply alive", "half-close alive",
                          "end alive", "close alive"));
}

TEST(ScriptTest, EverythingAboutAliveIsTheCheckAlive) {
  const Script made = script(discard(), {alive()});
  EXPECT_THAT(made.moves, Each(Field(&Move::check, "alive")));
}

TEST(ScriptTest, RepeatUnrolls) {
  EXPECT_THAT(moves(echo(), {connect("a"), repeat(2, {send("a", "x"), expect_reply("a")})}),
              ElementsAre("connect a", "send a", "reply a", "send a", "reply a"));
}

TEST(ScriptTest, SizesOutsideTheContractAreDropped) {
  Profile limited = echo();
  limited.max_message = 100;
  const std::vector<Step> steps = {connect("a"), for_each("size", {1, 100, 101}, {send("a", "x")})};
  EXPECT_THAT(moves(limited, steps), ElementsAre("connect a", "send a", "send a"));
  EXPECT_THAT(moves(echo(), steps), ElementsAre("connect a", "send a", "send a", "send a"));
}

TEST(ScriptTest, ALoopVariableIsASize) {
  Payload payload = random(1);
  payload.size.figure = "$size";
  step::Send send;
  send.payload = payload;
  const Script made =
      script(echo(), {connect("a"), for_each("size", {3, 5}, {send_as("a", send)})});
  EXPECT_EQ(std::get<move::Send>(made.moves[1].what).pieces[0][0].size(), 3U);
  EXPECT_EQ(std::get<move::Send>(made.moves[2].what).pieces[0][0].size(), 5U);
}

TEST(ScriptTest, EachPeerOfAGroupSendsItsOwnBytes) {
  step::Send send;
  send.payload = random(16);
  const Script made = script(echo(), {connect("c", 2), send_as("c", send)});
  const auto& pieces = std::get<move::Send>(made.moves[1].what).pieces;
  EXPECT_NE(pieces[0][0].view(), pieces[1][0].view());
}

TEST(ScriptTest, TheSameSeedMakesTheSameBytes) {
  step::Send send;
  send.payload = random(16);
  const Scenario made = scenario({connect("a"), send_as("a", send)});
  const auto bytes = [&](std::uint64_t seed) {
    const Script bound = bind(made, echo(), Environment(), seed).value();
    return std::string(std::get<move::Send>(bound.moves[1].what).pieces[0][0].view());
  };
  EXPECT_EQ(bytes(1), bytes(1));
  EXPECT_NE(bytes(1), bytes(2));
}

TEST(ScriptTest, AStepThatDoesNotApplyToTheProfileIsLeftOut) {
  Step only_udp = quiet("a", 1ms);
  only_udp.when.transport = {Transport::Udp};
  EXPECT_THAT(moves(echo(), {connect("a"), only_udp}), ElementsAre("connect a"));
}

TEST(ScriptTest, InTurnIsOneMoveForEach) {
  EXPECT_THAT(moves(echo(), {connect("c", 2), reversed(in_turn(send("c", "x")))}),
              ElementsAre("connect c[1] c[2]", "send c[2]", "send c[1]"));
}

TEST(ScriptTest, AStopwatchRunsAroundItsSteps) {
  EXPECT_THAT(moves(echo(), {connect("a"), repeat(2, {stopwatch("w", {exchange("a", "x")})}),
                             median("w", 5ms)}),
              ElementsAre("connect a", "start-watch", "send a", "reply a", "stop-watch",
                          "start-watch", "send a", "reply a", "stop-watch", "median"));
}

TEST(ScriptTest, AConnectionThatAStopwatchTimesIsKnown) {
  const Script made = script(echo(), {connect("a"), connect("b"), exchange("a", "x"),
                                      repeat(2, {stopwatch("w", {exchange("b", "x")})})});
  EXPECT_FALSE(std::get<move::Connect>(made.moves[0].what).options.timed);
  EXPECT_TRUE(std::get<move::Connect>(made.moves[1].what).options.timed);
  const Script probe = script(echo(), {stopwatch("w", {alive()})});
  EXPECT_TRUE(std::get<move::Connect>(probe.moves[1].what).options.timed);
}

TEST(ScriptTest, WhatConcernsTheServerHasNoPeer) {
  EXPECT_THAT(moves(echo(), {keep_sample(Resource::Memory, "start"), server(ServerAct::Terminate),
                             expect_exit()}),
              ElementsAre("sample", "server", "exit"));
}

TEST(ScriptTest, AnUrgentByteIsOfOnePeer) {
  const Script made = script(echo(), {connect("a"), urgent("a", '!')});
  EXPECT_EQ(std::get<move::Urgent>(made.moves[1].what).byte, '!');
  EXPECT_THAT(made.moves[1].peers, ElementsAre(0));
}

TEST(ScriptTest, AScriptThatActsOnTheServerHandlesIt) {
  EXPECT_TRUE(handles_server(script(echo(), {connect("a"), server(ServerAct::Stop)})));
  EXPECT_FALSE(handles_server(script(echo(), {connect("a"), judge_sample(Resource::Memory, 1)})));
}

step::Send bulk(std::uint64_t size, std::uint64_t times) {
  step::Send send;
  send.payload = random(size);
  send.payload.times = times;
  return send;
}

TEST(ScriptTest, ManyTimesTheSameLargeBlockIsKeptOnce) {
  const Script made = script(echo(), {connect("c", 2), send_as("c", bulk(65536, 1024))});
  const auto& pieces = std::get<move::Send>(made.moves[1].what).pieces;
  ASSERT_EQ(pieces[0].size(), 1024U);
  EXPECT_EQ(pieces[0][0].size(), 65536U);
  EXPECT_EQ(pieces[0][0].view().data(), pieces[0][1023].view().data());
  EXPECT_NE(pieces[0][0].view(), pieces[1][0].view());
}

TEST(ScriptTest, ManyTimesTheSameLargeRequestIsKeptOnceToo) {
  step::Send send = bulk(65536, 1024);
  send.payload.kind = Payload::Kind::Request;
  const Script made = script(echo_lines(), {connect("a"), send_as("a", send)});
  const auto& pieces = std::get<move::Send>(made.moves[1].what).pieces;
  ASSERT_EQ(pieces[0].size(), 1024U);
  EXPECT_EQ(pieces[0][0].view().size(), 65536U);
  EXPECT_TRUE(pieces[0][0].view().ends_with("\n"));
}

TEST(ScriptTest, SmallBlocksAreOnePiece) {
  const Script made = script(echo(), {connect("a"), send_as("a", bulk(1000, 3))});
  const auto& pieces = std::get<move::Send>(made.moves[1].what).pieces;
  ASSERT_EQ(pieces[0].size(), 1U);
  EXPECT_EQ(pieces[0][0].size(), 3000U);
}

step::Connect connecting(bool unjudged, std::string_view to) {
  step::Connect options;
  options.unjudged = unjudged;
  options.to = to;
  return options;
}

TEST(ScriptTest, AnUnjudgedPeerIsNotComparedWithTheOracle) {
  const Script made =
      script(echo(), {stopwatch("w", {connect_with("a", connecting(true, ""))}), connect("b")});
  EXPECT_TRUE(made.peers[0].literal);
  EXPECT_FALSE(made.peers[1].literal);
}

TEST(ScriptTest, APeerThatAsksAnotherAddressIsElsewhere) {
  const Script made =
      script(echo(), {connect_with("a", connecting(false, "127.0.0.2")), connect("b")});
  EXPECT_TRUE(made.peers[0].elsewhere);
  EXPECT_FALSE(made.peers[1].elsewhere);
}

// Checks, axes and levels.

TEST(ScriptTest, TheCheckIsNamedForWhatIsObserved) {
  const Script made =
      script(greeting(), {exchange("a", "x"), connect("b"), quiet("b", 1ms), expect_end("b")});
  std::vector<std::string> checks;
  for (const Move& move : made.moves) checks.push_back(move.check);
  EXPECT_THAT(checks,
              ElementsAre("connect", "reply", "reply", "end", "reply", "connect", "quiet", "end"));
}

TEST(ScriptTest, AnEndIsOnTheAxisClose) {
  const Script made = script(greeting(), {exchange("a", "x")});
  EXPECT_EQ(made.moves[2].axis, Axis::Content);
  EXPECT_EQ(made.moves[3].axis, Axis::Close);
}

TEST(ScriptTest, TheCheckOfAServerStepIsNamedForWhatIsMeasuredOrDone) {
  const Script made = script(
      echo(), {connect("a"), judge_sample(Resource::CloseWait, 0), server(ServerAct::StartSecond),
               server(ServerAct::Restart), expect_exit(), stopwatch("w", {}), median("w", 5ms)});
  std::vector<std::string> checks;
  for (const Move& move : made.moves) {
    if (observes(move)) checks.push_back(move.check);
  }
  EXPECT_THAT(checks,
              ElementsAre("connect", "close-wait", "start-second", "restart", "exit", "median"));
  EXPECT_EQ(made.moves[1].axis, Axis::Resources);
  EXPECT_EQ(made.moves[4].axis, Axis::Resources);
  EXPECT_EQ(made.moves.back().axis, Axis::Latency);
}

TEST(ScriptTest, KeepingAndSignallingObserveNothing) {
  const Script made =
      script(echo(), {connect("a"), keep_sample(Resource::Memory, "start"),
                      server(ServerAct::Terminate), server(ServerAct::Stop),
                      server(ServerAct::Continue), urgent("a", '!'), stopwatch("w", {})});
  for (std::size_t i = 1; i < made.moves.size(); ++i) EXPECT_FALSE(observes(made.moves[i])) << i;
}

TEST(ScriptTest, AStartHasTenSecondsAndASampleItsWindowOnTop) {
  const Script made =
      script(echo(), {connect("a"), server(ServerAct::Restart), server(ServerAct::Terminate),
                      judge_cpu(10, 500ms), judge_sample(Resource::Memory, 1),
                      within(4s, server(ServerAct::StartSecond))});
  std::vector<Duration> limits;
  for (const Move& move : made.moves) limits.push_back(move.within);
  EXPECT_THAT(limits, ElementsAre(4s, 10s, 2s, 2500ms, 2s, 4s));
}

TEST(ScriptTest, OnASlowMachineAMedianMayBeSlower) {
  Step steady = median("w", {});
  steady.action = step::Median{"w", std::nullopt, 2, "w", 2ms};
  const Scenario made = scenario({connect("a"), stopwatch("w", {}), median("w", 5ms), steady});
  Environment slow;
  slow.scale = 3.0;
  const Script bound = bind(made, echo(), slow, 1).value();
  EXPECT_EQ(std::get<move::Median>(bound.moves[3].what).what.at_most, 15ms);
  EXPECT_EQ(std::get<move::Median>(bound.moves[4].what).what.allowance, 6ms);
}

TEST(ScriptTest, TheLevelOfAStepIsNearerThanThatOfTheScenario) {
  const Script made =
      script(echo(), {connect("a"), at_level(Level::May, expect_end("a")), quiet("a", 1ms)});
  EXPECT_EQ(made.moves[1].level, Level::May);
  EXPECT_EQ(made.moves[2].level, Level::Must);
}

TEST(ScriptTest, TheProfileHasTheLastWordOnLevels) {
  Profile profile = echo();
  profile.levels = {{"topic/test", Level::Should}, {"topic/test#quiet", Level::May}};
  const Script made = script(profile, {connect("a"), quiet("a", 1ms), expect_end("a")});
  EXPECT_EQ(made.moves[0].level, Level::Should);
  EXPECT_EQ(made.moves[1].level, Level::May);
  EXPECT_EQ(made.moves[2].level, Level::Should);
}

TEST(ScriptTest, AShortTimeForAnExchangeIsNotOneForConnecting) {
  const Script made = script(echo(), {within(500ms, exchange("a", "x"))});
  EXPECT_EQ(made.moves[0].within, 4s);
  EXPECT_EQ(made.moves[2].within, 500ms);
}

// Errors.

TEST(ScriptTest, APeerMustBeConnectedFirst) {
  EXPECT_EQ(bind_error(echo(), {send("a", "x")}),
            "topic/test: /steps: the peer \"a\" is not connected; add a step "
            "{\"peer\": \"a\", \"connect\": {}} before");
}

TEST(ScriptTest, AClosedPeerCannotSend) {
  EXPECT_EQ(bind_error(echo(), {connect("a"), close("a"), send("a", "x")}),
            "topic/test: /steps: the peer \"a\" is closed; connect it again before it sends");
}

TEST(ScriptTest, APeerWhoseSessionTheServerEndedCannotSend) {
  EXPECT_EQ(bind_error(greeting(), {exchange("a", "x"), send("a", "x")}),
            "topic/test: /steps: the peer \"a\" is closed; connect it again before it sends");
}

TEST(ScriptTest, ExactBytesAndTheReplyOfTheProfileDoNotMix) {
  EXPECT_EQ(bind_error(echo(), {connect("a"), expect_bytes("a", "x"), expect_reply("a")}),
            "topic/test: /steps: what comes to the peer \"a\" is not compared with the profile, "
            "because it is connected as unjudged or exact bytes are expected of it, so \"reply\" "
            "cannot be judged; use another peer for one of the two");
}

TEST(ScriptTest, AnUnjudgedPeerHasNoReplyToJudge) {
  EXPECT_EQ(bind_error(echo(), {connect_with("a", connecting(true, "")), expect_reply("a")}),
            "topic/test: /steps: what comes to the peer \"a\" is not compared with the profile, "
            "because it is connected as unjudged or exact bytes are expected of it, so \"reply\" "
            "cannot be judged; use another peer for one of the two");
}

TEST(ScriptTest, ALimitAboveASampleNeedsThatSampleFirst) {
  EXPECT_EQ(bind_error(echo(), {connect("a"), judge_sample(Resource::Memory, 1, "start"),
                                keep_sample(Resource::Memory, "start")}),
            "topic/test: /steps: there is no sample \"start\" before");
}

TEST(ScriptTest, AMedianNeedsItsStopwatchesFirst) {
  EXPECT_EQ(bind_error(echo(), {connect("a"), median("w", 5ms), stopwatch("w", {})}),
            "topic/test: /steps: there is no stopwatch \"w\" before");
  Step steady = median("w", {});
  steady.action = step::Median{"w", std::nullopt, 2, "first", 2ms};
  EXPECT_EQ(bind_error(echo(), {connect("a"), stopwatch("w", {}), steady}),
            "topic/test: /steps: there is no stopwatch \"first\" before");
}

TEST(ScriptTest, AnUnknownFigureIsAnError) {
  step::Send send;
  send.payload = random(1);
  send.payload.size.figure = "tcp_vmem.max";
  EXPECT_EQ(bind_error(echo(), {connect("a"), send_as("a", send)}),
            "topic/test: /steps: \"tcp_vmem.max\" is not a figure of this machine");
}

TEST(ScriptTest, AScenarioThatObservesNothingIsAnError) {
  Step only_udp = connect("a");
  only_udp.when.transport = {Transport::Udp};
  EXPECT_EQ(
      bind_error(echo(), {only_udp}),
      "topic/test: no step of it observes anything with the profile tcp-echo; add \"requires\" "
      "to the scenario");
}

TEST(ScriptTest, LoopsThatNeverComeToAnEndAreAnError) {
  EXPECT_EQ(bind_error(echo(), {repeat(10'000, {repeat(10'000, {alive()})})}),
            "topic/test: /steps: is more than 100000 moves altogether; repeat less often");
}

TEST(ScriptTest, LoopsAroundNothingAreAnErrorToo) {
  EXPECT_EQ(bind_error(echo(), {repeat(10'000, {repeat(10'000, {repeat(10'000, {})})})}),
            "topic/test: /steps: is more than 100000 moves altogether; repeat less often");
}

TEST(ScriptTest, TooManyPiecesAreAnError) {
  step::Send send;
  send.payload = random(1'000'000);
  send.split = {Split::Kind::Every, {1}};
  EXPECT_EQ(bind_error(echo(), {connect("a"), send_as("a", send)}),
            "topic/test: /steps: cuts a payload into more than 100000 pieces");
}

TEST(ScriptTest, TooManyBytesAltogetherAreAnError) {
  step::Send send;
  send.payload = random(200U << 20U);
  EXPECT_EQ(bind_error(echo(), {connect("c", 3), send_as("c", send)}),
            "topic/test: /steps: is more than 512 MiB of payloads altogether; send less");
}

}  // namespace
}  // namespace sockspec::test
