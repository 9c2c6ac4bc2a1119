#include "load/load_run.h"

#include <gtest/gtest.h>

#include "io/test_world.h"
#include "io/tiny_server.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;
using io::test::Remote;
using io::test::TinyServer;

// A run against a server on the loop of the test.
class LoadWorld {
 public:
  LoadWorld() {
    report.plan.profile.id = "tcp-echo";
    report.plan.connections = 4;
    report.plan.duration = 200ms;
    report.plan.timeout = 50ms;
    report.plan.seed = 1;
  }

  void run_against(TinyServer& server) {
    Result<Payloads> payloads = Payloads::make(report.plan.profile, report.plan.size, 1);
    ASSERT_TRUE(payloads.ok()) << payloads.error().text;
    bool finished = false;
    LoadRun run(loop, server.address(), report, std::move(*payloads),
                {[this](const Interval&, const Histogram&) { ++intervals_told; }, nullptr,
                 [&] { finished = true; }});
    run.start();
    const bool ended = io::test::until(loop, [&] {
      if (!server_sleeps) server.turn();
      if (on_turn) on_turn(run);
      return finished;
    });
    ASSERT_TRUE(ended);
  }

  const VerdictCounts& verdicts() const { return report.total.verdicts; }
  const RequestCounts& requests() const { return report.total.requests; }

  io::Loop loop;
  LoadReport report;
  int intervals_told = 0;
  bool server_sleeps = false;  // connections wait to be accepted, and nothing is read
  std::function<void(LoadRun&)> on_turn;
};

Arrivals constant(double rate, Duration duration) { return {Law::Constant, {rate}, duration}; }

TEST(LoadRunTest, InAClosedLoopEveryReplyIsCountedOnce) {
  LoadWorld world;
  TinyServer server = TinyServer::echo();
  world.run_against(server);
  EXPECT_GT(world.requests().answered, 0U);
  EXPECT_EQ(world.verdicts()[ReplyVerdict::Ok], world.requests().answered);
  EXPECT_EQ(world.verdicts().errors(), 0U);
  EXPECT_EQ(world.requests().sent, world.requests().answered + world.requests().unfinished);
  EXPECT_EQ(world.report.total.latency.response.count(), world.requests().answered);
  EXPECT_EQ(server.accepted(), 4);
}

TEST(LoadRunTest, AnOpenLoopSendsAllThatIsDueWhateverTheServerDoes) {
  LoadWorld world;
  world.report.plan.stages = {constant(1000, 200ms)};
  TinyServer server = TinyServer::silent();
  world.run_against(server);
  EXPECT_EQ(world.requests().due, 200U);
  EXPECT_EQ(world.requests().sent, 200U);
  EXPECT_EQ(world.requests().answered, 0U);
  EXPECT_EQ(world.verdicts()[ReplyVerdict::Lost] + world.requests().unfinished, 200U);
}

TEST(LoadRunTest, WhatIsTooMuchInFlightIsNotSentButCounted) {
  LoadWorld world;
  world.report.plan.stages = {constant(1000, 200ms)};
  world.report.plan.max_in_flight = 10;
  world.report.plan.timeout = 300ms;
  TinyServer server = TinyServer::silent();
  world.run_against(server);
  EXPECT_EQ(world.requests().due, 200U);
  EXPECT_EQ(world.requests().sent, 10U);
  EXPECT_EQ(world.requests().not_sent, 190U);
}

TEST(LoadRunTest, AWrongByteIsCorruptAndShown) {
  LoadWorld world;
  TinyServer server([](Remote& remote, std::string_view bytes) {
    std::string wrong(bytes);
    wrong[20] = wrong[20] == '!' ? '?' : '!';
    remote.send(wrong);
  });
  world.run_against(server);
  EXPECT_GT(world.verdicts()[ReplyVerdict::Corrupt], 0U);
  EXPECT_EQ(world.verdicts()[ReplyVerdict::Ok], 0U);
  ASSERT_FALSE(world.report.examples.empty());
  EXPECT_EQ(world.report.examples.front().offset, 20U);
  EXPECT_LE(world.report.examples.size(), kMostExamples);
}

TEST(LoadRunTest, AConnectionThatTheServerResetsIsOpenedAgain) {
  LoadWorld world;
  world.report.plan.connections = 1;
  int replies = 0;
  TinyServer server([&](Remote& remote, std::string_view bytes) {
    if (++replies % 10 == 0) return remote.reset();
    remote.send(bytes);
  });
  world.run_against(server);
  EXPECT_GT(world.verdicts()[ReplyVerdict::Reset], 0U);
  EXPECT_GT(world.verdicts()[ReplyVerdict::Ok], 0U);
  EXPECT_GT(server.accepted(), 1);
}

TEST(LoadRunTest, WithChurnEveryRequestHasAConnectionOfItsOwn) {
  LoadWorld world;
  world.report.plan.shape = Shape::Churn;
  TinyServer server = TinyServer::echo();
  world.run_against(server);
  EXPECT_GT(world.verdicts()[ReplyVerdict::Ok], 4U);
  EXPECT_EQ(world.verdicts().errors(), 0U);
  EXPECT_GE(world.report.total.connections.opened, world.verdicts()[ReplyVerdict::Ok]);
}

TEST(LoadRunTest, AServerThatEndsTheSessionIsVisitedAgainAndAgain) {
  LoadWorld world;
  world.report.plan.profile.ending = Ending::AfterReply;
  world.report.plan.profile.framing = Framing::FirstRead;
  TinyServer server([](Remote& remote, std::string_view bytes) {
    remote.send(bytes);
    remote.close();
  });
  world.run_against(server);
  EXPECT_GT(world.verdicts()[ReplyVerdict::Ok], 4U);
  EXPECT_EQ(world.verdicts().errors(), 0U);
}

TEST(LoadRunTest, ARunAgainstNobodyEndsAndCountsNothing) {
  LoadWorld world;
  io::Address nobody;
  {
    TinyServer closed = TinyServer::echo();
    nobody = closed.address();
  }
  Result<Payloads> payloads = Payloads::make(world.report.plan.profile, {}, 1);
  ASSERT_TRUE(payloads.ok());
  bool finished = false;
  LoadRun run(world.loop, nobody, world.report, std::move(*payloads),
              {nullptr, nullptr, [&] { finished = true; }});
  run.start();
  ASSERT_TRUE(io::test::until(world.loop, [&] { return finished; }));
  EXPECT_EQ(world.requests().sent, 0U);
  EXPECT_EQ(world.report.total.connections.opened, 0U);
  EXPECT_GT(world.report.total.connections.failed, 0U);
}

TEST(LoadRunTest, ARunThatIsStoppedKeepsItsFigures) {
  LoadWorld world;
  world.report.plan.duration = 60s;
  TinyServer server = TinyServer::echo();
  world.on_turn = [&](LoadRun& run) {
    if (world.report.intervals.size() == 1) run.stop();
  };
  world.run_against(server);
  EXPECT_GT(world.requests().answered, 0U);
  EXPECT_LT(world.report.duration, 60s);
  EXPECT_GE(world.intervals_told, 1);
}

TEST(LoadRunTest, RequestsThatTheSocketTakesInPiecesArriveWhole) {
  LoadWorld world;
  world.report.plan.duration = 60s;
  world.report.plan.timeout = 30s;
  world.report.plan.size = {1'000'000, 1'000'000};
  world.report.plan.connections = 1;
  world.report.plan.pipeline = 6;  // more than the buffers of both sockets hold
  std::size_t echoed = 0;
  TinyServer server([&](Remote& remote, std::string_view bytes) {
    remote.send(bytes);
    echoed += bytes.size();
  });
  world.on_turn = [&](LoadRun& run) {
    const std::vector<Interval>& intervals = world.report.intervals;
    // From the reply that lets the run begin until its sockets are full.
    world.server_sleeps = echoed >= 1'000'000 && intervals.empty();
    if (!intervals.empty() && intervals.back().answered > 0) run.stop();
  };
  world.run_against(server);
  EXPECT_GT(world.report.generator.would_block, 0U);
  EXPECT_GT(world.requests().answered, 0U);
  EXPECT_EQ(world.verdicts()[ReplyVerdict::Ok], world.requests().answered);
  EXPECT_EQ(world.verdicts().errors(), 0U);
}

TEST(LoadRunTest, WhatWaitsForASocketThatIsFullDoesNotHoldUpTheEnd) {
  LoadWorld world;
  world.report.plan.duration = 60s;
  world.report.plan.size = {1'000'000, 1'000'000};
  world.report.plan.connections = 1;
  world.report.plan.stages = {constant(1000, 60s)};
  TinyServer server = TinyServer::silent();
  world.server_sleeps = true;
  world.on_turn = [&](LoadRun& run) {
    if (world.report.intervals.size() == 1) run.stop();
  };
  world.run_against(server);
  EXPECT_LT(world.report.duration, 60s);
  EXPECT_GT(world.requests().not_sent, 0U);
  EXPECT_EQ(world.requests().due, world.requests().sent + world.requests().not_sent);
}

TEST(LoadRunTest, ARunThatIsStoppedBeforeItBeganHasNoIntervals) {
  LoadWorld world;
  world.report.plan.warmup = 60s;
  world.report.plan.stages = {constant(1000, 1s), constant(10, 1s)};
  world.report.plan.duration = 2s;
  TinyServer server = TinyServer::echo();
  int turns = 0;
  world.on_turn = [&](LoadRun& run) {
    if (++turns == 100) run.stop();
  };
  world.run_against(server);
  EXPECT_TRUE(world.report.intervals.empty());
  EXPECT_TRUE(world.report.stages.empty());
}

TEST(LoadRunTest, EveryConnectionIsVerifiedBeforeTheRun) {
  LoadWorld world;
  world.report.plan.connections = 3;
  world.report.plan.idle = 4;
  TinyServer server = TinyServer::echo();
  world.run_against(server);
  EXPECT_EQ(world.report.total.connections.verified, 7U);
  EXPECT_EQ(server.accepted(), 7);
}

TEST(LoadRunTest, WhatTheWarmUpCostIsNotOfTheRun) {
  LoadWorld world;
  world.report.plan.warmup = 300ms;
  world.report.plan.stages = {constant(5000, 100ms)};
  world.report.plan.duration = 100ms;
  TinyServer server = TinyServer::echo();
  world.run_against(server);
  EXPECT_LE(world.report.generator.sends, 600U);  // of 2,000 in all
}

TEST(LoadRunTest, AConnectionForEachRequestLeavesNothingUnsent) {
  for (const bool open_loop : {false, true}) {
    LoadWorld world;
    world.report.plan.shape = Shape::Churn;
    world.report.plan.timeout = 1s;
    if (open_loop) world.report.plan.stages = {{Law::Burst, {100}, 200ms, 10}};
    TinyServer server = TinyServer::echo();
    world.run_against(server);
    EXPECT_GT(world.requests().sent, 0U);
    EXPECT_EQ(world.requests().not_sent, 0U);
    EXPECT_EQ(world.requests().due, world.requests().sent);
    EXPECT_EQ(world.verdicts().errors(), 0U);
  }
}

TEST(LoadRunTest, TwoThreadsShareConnectionsAndSchedule) {
  LoadWorld world;
  world.report.plan.threads = 2;
  world.report.plan.connections = 5;
  world.report.plan.stages = {constant(1000, 200ms)};
  TinyServer server = TinyServer::echo();
  world.run_against(server);
  EXPECT_EQ(world.requests().due, 200U);
  EXPECT_EQ(world.verdicts()[ReplyVerdict::Ok], 200U);
  EXPECT_EQ(server.accepted(), 5);
}

TEST(LoadRunTest, NothingOfTheWarmUpIsCounted) {
  LoadWorld world;
  world.report.plan.warmup = 200ms;
  world.report.plan.stages = {constant(1000, 200ms)};
  TinyServer server = TinyServer::echo();
  world.run_against(server);
  EXPECT_EQ(world.requests().due, 200U);
  EXPECT_EQ(world.requests().sent, 200U);
  EXPECT_EQ(world.verdicts()[ReplyVerdict::Ok], 200U);
}

}  // namespace
}  // namespace sockspec::load
