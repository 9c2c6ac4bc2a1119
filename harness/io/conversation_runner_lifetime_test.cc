// ConversationRunner: it may be destroyed at any moment, and leaves nothing behind.
#include <gtest/gtest.h>

#include "io/play_for_test.h"

namespace sockspec::io::test {
namespace {

using namespace std::chrono_literals;
using namespace sockspec::test;

Step send_8_mib(std::string_view peer) {
  step::Send send;
  send.payload = random(8U << 20U);
  return send_as(peer, send);
}

TEST(ConversationRunnerLifetimeTest, ARunnerMayGoBeforeItStarts) {
  Play play(nobody(Transport::Tcp), echo(), one_exchange());
  play.destroy();
  turn(play.loop);
  EXPECT_EQ(play.calls, 0);
}

TEST(ConversationRunnerLifetimeTest, ARunnerMayGoBeforeItsConnectionIsMade) {
  const TinyServer server = TinyServer::echo();
  Play play(server.address(), echo(), one_exchange());
  play.runner().start();
  play.destroy();
  turn(play.loop);
  EXPECT_EQ(play.calls, 0);
}

TEST(ConversationRunnerLifetimeTest, ARunnerMayGoWith8MiBInFlight) {
  TinyServer server = TinyServer::silent();
  Play play(server.address(), discard(), {connect("a"), send_8_mib("a")});
  play.runner().start();
  ASSERT_TRUE(until(play.loop, [&] { return server.turn() || server.accepted() > 0; }));
  play.destroy();
  turn(play.loop);
  EXPECT_EQ(play.calls, 0);
}

TEST(ConversationRunnerLifetimeTest, ARunnerMayGoAfterEveryTurnOfTheLoop) {
  for (int turns = 0; turns < 12; ++turns) {
    TinyServer server = TinyServer::echo();
    Play play(server.address(), echo(), one_exchange());
    play.runner().start();
    for (int i = 0; i < turns; ++i) {
      server.turn();
      uv_run(play.loop.get(), UV_RUN_NOWAIT);
    }
    play.destroy();
    const int calls = play.calls;
    turn(play.loop);
    EXPECT_EQ(play.calls, calls);
  }
}

TEST(ConversationRunnerLifetimeTest, ARunnerMayGoInsideDone) {
  TinyServer server = TinyServer::echo();
  Play play(server.address(), echo(), one_exchange());
  play.destroy_when_done = true;
  ASSERT_TRUE(play.finishes(server));
  turn(play.loop);
  EXPECT_EQ(play.calls, 1);
}

TEST(ConversationRunnerLifetimeTest, ARunnerMayGoBetweenTheVerdictAndDone) {
  Play play(nobody(Transport::Tcp), echo(), one_exchange());
  play.runner().start();
  play.runner().server_gone({"exit.code"});
  play.destroy();
  turn(play.loop);
  EXPECT_EQ(play.calls, 0);
}

TEST(ConversationRunnerLifetimeTest, AfterDoneNothingMoreIsTold) {
  TinyServer server = TinyServer::echo();
  Play play(server.address(), echo(), one_exchange());
  ASSERT_TRUE(play.finishes(server));
  play.runner().server_gone({"exit.code"});
  turn(play.loop);
  EXPECT_EQ(play.calls, 1);
}

TEST(ConversationRunnerLifetimeTest, NoDescriptorIsLeftBehind) {
  TinyServer server = TinyServer::echo();
  const auto play_one = [&] {
    Play play(server.address(), echo(), {connect("c", 5), exchange("c", "hello")});
    EXPECT_TRUE(play.finishes(server));
    play.destroy();
    until(play.loop, [&] { return server.turn() || !server.busy(); });
  };
  play_one();
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 20; ++i) play_one();
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace sockspec::io::test
