#include "io/conversation_runner.h"

#include <gtest/gtest.h>

#include "core/replay.h"
#include "io/play_for_test.h"

namespace sockspec::io::test {
namespace {

using namespace std::chrono_literals;
using namespace sockspec::test;

Step send_until_received(std::string_view peer) {
  step::Send send = sending("hello");
  send.barrier = Barrier::Received;
  return send_as(peer, send);
}

TEST(ConversationRunnerTest, AnEchoServerPasses) {
  TinyServer server = TinyServer::echo();
  Play play(server.address(), echo(), one_exchange());
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(outcome_of(play.result->checks()), Outcome::Pass);
  EXPECT_EQ(play.calls, 1);
}

TEST(ConversationRunnerTest, AServerThatAnswersSomethingElseFails) {
  TinyServer server([](Remote& remote, std::string_view) { remote.send("HELLO"); });
  Play play(server.address(), echo(), one_exchange());
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(play.check("reply"), "reply fail seen.different");
}

TEST(ConversationRunnerTest, ARefusedConnectionIsUnreachableAndToldLater) {
  Play play(nobody(Transport::Tcp), echo(), one_exchange());
  play.runner().start();
  EXPECT_EQ(play.calls, 0);
  ASSERT_TRUE(until(play.loop, [&] { return play.calls > 0; }));
  EXPECT_TRUE(play.result->unreachable());
}

TEST(ConversationRunnerTest, ASilentServerMeetsTheDeadline) {
  TinyServer server = TinyServer::silent();
  Play play(server.address(), echo(),
            {connect("a"), send("a", "hello"), within(20ms, expect_reply("a"))});
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(play.check("reply"), "reply fail seen.nothing timing-only");
}

TEST(ConversationRunnerTest, AFinIsToldApartFromAReset) {
  TinyServer ending([](Remote& remote, std::string_view) { remote.close(); });
  Play first(ending.address(), echo(), one_exchange());
  ASSERT_TRUE(first.finishes(ending));
  EXPECT_EQ(first.check("reply"), "reply fail seen.ended");
  TinyServer resetting([](Remote& remote, std::string_view) { remote.reset(); });
  Play second(resetting.address(), echo(), one_exchange());
  ASSERT_TRUE(second.finishes(resetting));
  EXPECT_EQ(second.check("reply"), "reply fail seen.reset");
}

TEST(ConversationRunnerTest, TheWholeReplyBeforeAResetIsNoMissingReply) {
  TinyServer server([](Remote& remote, std::string_view bytes) {
    remote.send(bytes);
    remote.reset();
  });
  Play play(server.address(), echo(), one_exchange());
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(play.check("reply"), "reply pass");
}

TEST(ConversationRunnerTest, BytesFoundWhileSendingAreKept) {
  Listener server;
  Play play(server.address(), echo(),
            {connect("a"), pause("a"), hold("a", 20ms), send("a", "hello"), expect_reply("a")});
  play.runner().start();
  ASSERT_TRUE(until(play.loop, [&] { return play.turns++ > 2 && server.waiting(); }));
  Remote remote = server.accept();
  remote.send("unasked");
  remote.reset();
  ASSERT_TRUE(until(play.loop, [&] { return play.result.has_value(); }));
  std::string received;
  for (const TranscriptEntry& entry : play.result->transcript()) {
    if (entry.kind == Entry::Received) received += entry.bytes;
  }
  EXPECT_EQ(received, "unasked");
}

TEST(ConversationRunnerTest, AServerThatIsGoneEndsTheConversation) {
  TinyServer server = TinyServer::silent();
  Play play(server.address(), echo(), one_exchange());
  play.runner().start();
  ASSERT_TRUE(until(play.loop, [&] { return server.turn() || server.accepted() > 0; }));
  play.runner().server_gone({"exit.code", {{"code", "3"}}});
  ASSERT_TRUE(until(play.loop, [&] { return server.turn() || play.result.has_value(); }));
  EXPECT_EQ(play.result->server_gone()->id, "exit.code");
  EXPECT_EQ(outcome_of(play.result->checks()), Outcome::Fail);
}

TEST(ConversationRunnerTest, TheBarrierWaitsUntilTheServersQueueIsEmpty) {
  TinyServer server = TinyServer::echo();
  std::vector<std::uint64_t> answers = {0, 2, 5};
  const auto probe = [&](Transport, const Address&,
                         const Address&) -> std::optional<std::uint64_t> {
    const std::uint64_t unread = answers.back();
    if (answers.size() > 1) answers.pop_back();
    return unread;
  };
  Play play(server.address(), echo(), {connect("a"), send_until_received("a"), expect_reply("a")},
            probe);
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(answers.size(), 1U);
  EXPECT_EQ(outcome_of(play.result->checks()), Outcome::Pass);
}

TEST(ConversationRunnerTest, TheProbeIsAskedForTheRightPairOfAddresses) {
  TinyServer server = TinyServer::echo();
  std::string pair;
  const auto probe = [&](Transport transport, const Address& asked, const Address& client) {
    EXPECT_EQ(transport, Transport::Tcp);
    pair = asked.text() + (client.is_loopback() && client.port() != 0 ? " from here" : "");
    return std::optional<std::uint64_t>(0);
  };
  Play play(server.address(), echo(), {connect("a"), send_until_received("a"), expect_reply("a")},
            probe);
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(pair, server.address().text() + " from here");
}

TEST(ConversationRunnerTest, AQueueThatNeverEmptiesEndsWithTheStepsTime) {
  TinyServer server = TinyServer::silent();
  const auto probe = [](Transport, const Address&, const Address&) {
    return std::optional<std::uint64_t>(5);
  };
  Play play(server.address(), echo(), {connect("a"), within(20ms, send_until_received("a"))},
            probe);
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(play.calls, 1);
}

TEST(ConversationRunnerTest, WithoutASightOfTheQueueTheBarrierDoesNotHold) {
  TinyServer server = TinyServer::echo();
  Play play(server.address(), echo(), {connect("a"), send_until_received("a"), expect_reply("a")});
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(outcome_of(play.result->checks()), Outcome::Pass);
}

TEST(ConversationRunnerTest, ManyPeersPlayTogether) {
  TinyServer server = TinyServer::echo();
  Play play(server.address(), echo(),
            {connect("c", 30), exchange("c", "hello"), half_close("c"), expect_any_end("c")});
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(server.accepted(), 30);
  EXPECT_EQ(outcome_of(play.result->checks()), Outcome::Pass);
}

TEST(ConversationRunnerTest, DatagramsAreEchoed) {
  DatagramServer server;
  Play play(server.address(), udp_echo(), one_exchange());
  play.runner().start();
  ASSERT_TRUE(until(play.loop, [&] {
    if (server.read()) server.answer(server.received().back());
    return play.result.has_value();
  }));
  EXPECT_EQ(outcome_of(play.result->checks()), Outcome::Pass);
}

TEST(ConversationRunnerTest, AnUnboundUdpPortIsUnreachable) {
  Play play(nobody(Transport::Udp), udp_echo(), one_exchange());
  ASSERT_TRUE(play.finishes());
  EXPECT_TRUE(play.result->unreachable());
}

TEST(ConversationRunnerTest, AFigureIsAskedOfTheServersControl) {
  TinyServer server = TinyServer::echo();
  std::vector<Resource> asked;
  ServerControl control;
  control.sample = [&](Resource resource) -> std::optional<std::uint64_t> {
    asked.push_back(resource);
    return asked.size() == 1 ? 5 : 0;
  };
  Play play(server.address(), echo(), {connect("a"), judge_sample(Resource::Zombies, 1)}, nullptr,
            control);
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(play.check("zombies"), "zombies pass");
  EXPECT_EQ(asked, (std::vector<Resource>{Resource::Zombies, Resource::Zombies}));
}

TEST(ConversationRunnerTest, WhatTheControlDoesNotTellIsNotJudged) {
  TinyServer server = TinyServer::echo();
  ServerControl silent;
  silent.sample = [](Resource) { return std::nullopt; };
  for (const ServerControl& control : {silent, ServerControl()}) {
    Play play(server.address(), echo(), {connect("a"), judge_sample(Resource::Memory, 1)}, nullptr,
              control);
    ASSERT_TRUE(play.finishes(server));
    EXPECT_EQ(play.check("memory"), "memory skipped seen.cannot-measure");
  }
}

TEST(ConversationRunnerTest, ActsAreHandedOverAndTheirAnswersAwaited) {
  TinyServer server = TinyServer::echo();
  std::vector<ServerAct> acts;
  ServerControl control;
  control.act = [&](ServerAct act) { acts.push_back(act); };
  Play play(server.address(), echo(),
            {sockspec::test::server(ServerAct::Stop), sockspec::test::server(ServerAct::Restart),
             connect("a"), exchange("a", "hello")},
            nullptr, control);
  play.runner().start();
  ASSERT_TRUE(until(play.loop, [&] { return acts.size() == 2; }));
  turn(play.loop);
  EXPECT_EQ(server.accepted(), 0);
  play.runner().server_started(true, {});
  ASSERT_TRUE(until(play.loop, [&] { return server.turn() || play.result.has_value(); }));
  EXPECT_EQ(acts, (std::vector<ServerAct>{ServerAct::Stop, ServerAct::Restart}));
  EXPECT_EQ(play.check("restart"), "restart pass");
  EXPECT_EQ(play.check("reply"), "reply pass");
}

TEST(ConversationRunnerTest, AnActMayBeAnsweredAtOnce) {
  TinyServer server = TinyServer::echo();
  ConversationRunner* runner = nullptr;
  ServerControl control;
  control.act = [&](ServerAct) { runner->server_started(false, {"seen.address-in-use"}); };
  Play play(server.address(), echo(),
            {sockspec::test::server(ServerAct::Restart), connect("a"), exchange("a", "hello")},
            nullptr, control);
  runner = &play.runner();
  ASSERT_TRUE(play.finishes(server));
  EXPECT_EQ(play.check("restart"), "restart fail seen.address-in-use");
}

TEST(ConversationRunnerTest, TheTranscriptReplaysToTheSameChecks) {
  TinyServer server([](Remote& remote, std::string_view) { remote.send("HELLO"); });
  Play play(server.address(), echo(), one_exchange());
  ASSERT_TRUE(play.finishes(server));
  const Conversation again = replay(script(echo(), one_exchange()), play.result->transcript());
  EXPECT_EQ(whole(again.checks()), whole(play.result->checks()));
}

}  // namespace
}  // namespace sockspec::io::test
