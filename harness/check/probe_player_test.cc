// ProbePlayer: what is seen of a server over real sockets.
#include "check/probe_player.h"

#include <gtest/gtest.h>

#include "core/learn_probes.h"
#include "io/tiny_server.h"

namespace sockspec::check {
namespace {

using io::test::Remote;
using io::test::TinyServer;
using Kind = Act::Kind;
using namespace std::chrono_literals;

constexpr Duration kAmple = 10s;

Observation played(TinyServer& server, Probe probe) {
  io::Loop loop;
  std::optional<Observation> seen;
  ProbePlayer player(loop, {Transport::Tcp, server.address(), io::CloseAfterEnd::Fin, 1.0},
                     std::move(probe), [&](Observation observation) { seen = observation; });
  player.start();
  EXPECT_TRUE(io::test::until(loop, [&] {
    server.turn();
    return seen.has_value();
  }));
  return seen.value_or(Observation{});
}

TEST(ProbePlayerTest, WhatComesAfterAnActBelongsToIt) {
  TinyServer server = TinyServer::echo();
  const Observation seen = played(
      server,
      {"p", {{Kind::Connect}, {Kind::Send, 0, "one", kAmple}, {Kind::Send, 0, "two", kAmple}}});
  ASSERT_EQ(seen.seen.size(), 3U);
  EXPECT_EQ(seen.seen[0].bytes, "");
  EXPECT_EQ(seen.seen[1].bytes, "one");
  EXPECT_EQ(seen.seen[2].bytes, "two");
  EXPECT_EQ(seen.seen[2].standing, Standing::Open);
}

TEST(ProbePlayerTest, SilenceIsListenedToForAsLongAsAsked) {
  TinyServer server = TinyServer::silent();
  const Observation seen = played(server, {"p", {{Kind::Connect}, {Kind::Send, 0, "one", 100ms}}});
  EXPECT_EQ(seen.seen[1].bytes, "");
  EXPECT_GE(seen.seen[1].listened, 99ms);  // libuv counts whole milliseconds
  EXPECT_TRUE(seen.seen[1].done);
}

TEST(ProbePlayerTest, AClientThatWasLeftDoesNothingMore) {
  TinyServer server([](Remote& remote, std::string_view bytes) {
    remote.send(bytes);
    remote.close();
  });
  const Observation seen = played(
      server,
      {"p", {{Kind::Connect}, {Kind::Send, 0, "one", kAmple}, {Kind::Send, 0, "two", kAmple}}});
  EXPECT_EQ(seen.seen[1].bytes, "one");
  EXPECT_EQ(seen.seen[1].standing, Standing::Ended);
  EXPECT_FALSE(seen.seen[2].done);
  EXPECT_EQ(seen.seen[2].standing, Standing::Ended);
}

TEST(ProbePlayerTest, TheClientsOfAProbeAreKeptApart) {
  TinyServer server = TinyServer::echo();
  const Observation seen = played(server, {"p",
                                           {{Kind::Connect, 0},
                                            {Kind::Connect, 1},
                                            {Kind::Send, 1, "b", kAmple},
                                            {Kind::Send, 0, "a", kAmple},
                                            {Kind::Close, 0},
                                            {Kind::Listen, 1, {}, 20ms}}});
  EXPECT_EQ(seen.seen[2].bytes, "b");
  EXPECT_EQ(seen.seen[3].bytes, "a");
  EXPECT_EQ(seen.seen[5].bytes, "");
}

TEST(ProbePlayerTest, AFloodIsCutOff) {
  TinyServer server(
      [](Remote& remote, std::string_view) { remote.send(std::string(64 * 1024, 'x')); });
  const Observation seen =
      played(server, {"p", {{Kind::Connect}, {Kind::Send, 0, "go", kAmple, 1024}}});
  EXPECT_GE(seen.seen[1].bytes.size(), 1024U);
  EXPECT_LE(seen.seen[1].bytes.size(), 2 * kMostKept);
}

TEST(ProbePlayerTest, WhereNobodyListensTheConnectionIsRefused) {
  io::Address nobody;
  {
    const io::test::Listener listener;
    nobody = listener.address();
  }
  io::Loop loop;
  std::optional<Observation> seen;
  ProbePlayer player(loop, {Transport::Tcp, nobody, io::CloseAfterEnd::Fin, 1.0},
                     learn_probes::visit("v"),
                     [&](Observation observation) { seen = observation; });
  player.start();
  ASSERT_TRUE(io::test::until(loop, [&] { return seen.has_value(); }));
  EXPECT_EQ(seen->seen[0].standing, Standing::Refused);
}

TEST(ProbePlayerTest, ItMayBeDestroyedWhileItListens) {
  TinyServer server = TinyServer::silent();
  io::Loop loop;
  auto player = std::make_unique<ProbePlayer>(
      loop, ProbeTarget{Transport::Tcp, server.address(), io::CloseAfterEnd::Fin, 1.0},
      learn_probes::visit("v"), [](const Observation&) { ADD_FAILURE(); });
  player->start();
  ASSERT_TRUE(io::test::until(loop, [&] {
    server.turn();
    return server.accepted() > 0;
  }));
  player.reset();
  loop.run();
}

}  // namespace
}  // namespace sockspec::check
