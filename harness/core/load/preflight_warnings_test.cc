#include "core/load/preflight.h"

#include <gtest/gtest.h>

#include "core/load/preflight_test_language.h"

namespace sockspec::load::test {
namespace {

TEST(PreflightTimeWaitTest, PortsThatRunOutInAMinuteAreSaid) {
  EXPECT_EQ(to_afar(churn_at_rate(470)), "");
  const Preflight found = preflight(churn_at_rate(500), debian_to_afar(), kRemote);
  ASSERT_EQ(ids(found), "load.time-wait");
  const Message expected{"load.time-wait",
                         {{"count", "30001"},
                          {"seconds", "60"},
                          {"ports", "28232"},
                          {"rate", "470"},
                          {"setting", "net.ipv4.tcp_tw_reuse=1"}}};
  EXPECT_EQ(found.warnings[0], expected);
}

TEST(PreflightTimeWaitTest, AfterASecondAPortMayBeReused) {
  MachineLimits limits = debian();
  limits.most_time_waits.reset();
  EXPECT_EQ(ids(preflight(churn_at_rate(28'000), limits, kLoopback)), "");
  const Preflight found = preflight(churn_at_rate(30'000), limits, kLoopback);
  ASSERT_EQ(ids(found), "load.time-wait");
  EXPECT_EQ(found.warnings[0].param("seconds"), "1");
  EXPECT_EQ(found.warnings[0].param("rate"), "28232");
  EXPECT_EQ(found.warnings[0].param("setting"), "net.ipv4.ip_local_port_range=\"1024 65535\"");
}

TEST(PreflightTimeWaitTest, AShortRunHasPortsEnough) {
  LoadPlan plan;
  plan.shape = Shape::Churn;
  EXPECT_EQ(to_afar(at_rate(2800, plan)), "");  // for 10 s
  plan.warmup = 1s;
  EXPECT_EQ(to_afar(at_rate(2800, plan)), "load.time-wait");
}

TEST(PreflightTimeWaitTest, StagesAddUp) {
  LoadPlan plan = churn_at_rate(10);
  plan.stages.push_back(Arrivals{Law::Constant, {1000}, 20s});
  EXPECT_EQ(to_afar(plan), "");  // 26,000 and a few
  plan.stages.push_back(Arrivals{Law::Constant, {1000}, 20s});
  EXPECT_EQ(to_afar(plan), "load.time-wait");
}

TEST(PreflightTimeWaitTest, TheBusiestStageDecides) {
  LoadPlan plan = churn_at_rate(1000);
  plan.stages.push_back(Arrivals{Law::Constant, {10}, 10min});
  EXPECT_EQ(to_afar(plan), "load.time-wait");
}

TEST(PreflightTimeWaitTest, ThePortsOfAllSourceAddressesCount) {
  LoadPlan plan = churn_at_rate(30'000);
  plan.connections = 20'000;
  MachineLimits limits = debian();
  limits.backlog.reset();
  limits.most_time_waits.reset();
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)), "");
}

TEST(PreflightTimeWaitTest, AShardClosesOnlyItsPart) {
  LoadPlan plan = churn_at_rate(900);
  plan.shard = {0, 2};
  EXPECT_EQ(to_afar(plan), "");
  plan = churn_at_rate(1000);
  plan.shard = {0, 2};
  const Preflight found = preflight(plan, debian_to_afar(), kRemote);
  ASSERT_EQ(ids(found), "load.time-wait");
  EXPECT_EQ(found.warnings[0].param("rate"), "941");  // as --rate takes it: of all shards
}

TEST(PreflightTimeWaitTest, TheKernelHoldsNoMoreThanItsTableTakes) {
  MachineLimits limits = debian_to_afar();
  limits.most_time_waits = 28'232;
  EXPECT_EQ(ids(preflight(churn_at_rate(5000), limits, kRemote)), "");
}

TEST(PreflightTimeWaitTest, OnlyWhoClosesFirstWithFinHoldsThePort) {
  LoadPlan reset = churn_at_rate(5000);
  reset.shape = Shape::ChurnReset;
  EXPECT_EQ(to_afar(reset), "");
  LoadPlan kept = churn_at_rate(5000);
  kept.shape = Shape::KeepAlive;
  EXPECT_EQ(to_afar(kept), "");
  LoadPlan server_ends = churn_at_rate(5000);
  server_ends.profile.ending = Ending::AfterReply;
  EXPECT_EQ(to_afar(server_ends), "");
  LoadPlan datagrams = churn_at_rate(5000);
  datagrams.profile.transport = Transport::Udp;
  datagrams.connections = 1000;
  EXPECT_EQ(to_afar(datagrams), "");
}

TEST(PreflightBacklogTest, ThreadsThatOpenMoreAtOnceThanCanWaitAreSaid) {
  MachineLimits limits = debian();
  limits.backlog = 128;
  LoadPlan plan = with_connections(1000);
  plan.threads = 2;
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)), "");
  plan.threads = 3;
  limits.cores = 3;
  const Preflight found = preflight(plan, limits, kLoopback);
  ASSERT_EQ(ids(found), "load.backlog");
  EXPECT_EQ(found.warnings[0], (Message{"load.backlog", {{"count", "192"}, {"backlog", "128"}}}));
  plan.connections = 100;
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)), "");
}

TEST(PreflightBacklogTest, InAClosedLoopOfVisitsAllConnectAtOnce) {
  LoadPlan plan = with_connections(4097);
  EXPECT_EQ(on_loopback(plan), "");
  plan.shape = Shape::Churn;
  EXPECT_EQ(on_loopback(plan), "load.backlog");
  plan.shape = Shape::KeepAlive;
  plan.profile.ending = Ending::AfterReply;
  EXPECT_EQ(on_loopback(plan), "load.backlog");
  plan.connections = 4096;
  EXPECT_EQ(on_loopback(plan), "");
}

TEST(PreflightBacklogTest, InAnOpenLoopOnlyThoseThatAreDueConnect) {
  LoadPlan plan = churn_at_rate(100);
  plan.connections = 5000;
  EXPECT_EQ(on_loopback(plan), "");
  plan.stages[0].burst = 5000;
  EXPECT_EQ(on_loopback(plan), "load.backlog");
}

TEST(PreflightBacklogTest, TheLimitsOfAnotherMachineAreNotKnown) {
  LoadPlan plan = with_connections(5000);
  plan.shape = Shape::Churn;
  EXPECT_EQ(to_afar(plan), "");
}

TEST(PreflightBacklogTest, DatagramsWaitInNoBacklog) {
  LoadPlan plan = with_connections(5000, udp());
  plan.shape = Shape::Churn;
  EXPECT_EQ(on_loopback(plan), "");
}

// Measured on loopback with datagrams that nobody reads, Linux 6.18.
TEST(PreflightBufferTest, ADatagramTakesMoreThanItsBytes) {
  struct Case {
    std::uint64_t size;
    double measured;
  };
  for (const Case& c : {Case{1, 832},
                        {64, 832},
                        {512, 1280},
                        {1024, 2305},
                        {1472, 2305},
                        {2048, 4353},
                        {4096, 8456},
                        {8192, 16'644},
                        {16'384, 17'225},
                        {60'000, 61'231}}) {
    EXPECT_NEAR(static_cast<double>(buffer_taken(c.size)), c.measured, 0.08 * c.measured) << c.size;
  }
}

TEST(PreflightBufferTest, RepliesThatDoNotFitInOneSocketAreSaid) {
  const LoadPlan plan = with_connections(10, at_rate(10'000, udp()));
  const Preflight found = preflight(plan, debian(), kLoopback);
  ASSERT_EQ(ids(found), "load.receive-buffer");
  const Message expected{"load.receive-buffer",
                         {{"count", "1001"},
                          {"limit", "212992"},
                          {"held", "554"},
                          {"option", "--max-in-flight 5540"},
                          {"needed", "384384"}}};
  EXPECT_EQ(found.warnings[0], expected);
}

TEST(PreflightBufferTest, EitherFixIsEnough) {
  LoadPlan plan = with_connections(10, at_rate(10'000, udp()));
  MachineLimits limits = debian();
  limits.receive_buffer = 384'384;
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)), "");
  limits.receive_buffer = 384'000;
  EXPECT_NE(ids(preflight(plan, limits, kLoopback)), "");
  plan.max_in_flight = 5540;
  EXPECT_EQ(on_loopback(plan), "");
  plan.max_in_flight = 5541;
  EXPECT_NE(on_loopback(plan), "");
}

TEST(PreflightBufferTest, InAClosedLoopThePipelineIsTheWindow) {
  LoadPlan plan = udp();
  plan.pipeline = 554;
  EXPECT_EQ(on_loopback(plan), "");
  plan.pipeline = 555;
  const Preflight found = preflight(plan, debian(), kLoopback);
  ASSERT_EQ(ids(found), "load.receive-buffer");
  EXPECT_EQ(found.warnings[0].param("option"), "--pipeline 554");
}

TEST(PreflightBufferTest, BeyondWhatASocketAsksForNoSettingIsNamed) {
  const LoadPlan plan = with_connections(1, at_rate(50'000, udp()));
  MachineLimits limits = debian();
  limits.receive_buffer = 1U << 30U;
  const Preflight found = preflight(plan, limits, kLoopback);
  ASSERT_EQ(ids(found), "load.receive-window");
  const Message expected{
      "load.receive-window",
      {{"count", "50001"}, {"held", "10922"}, {"option", "--max-in-flight 10922"}}};
  EXPECT_EQ(found.warnings[0], expected);
}

TEST(PreflightBufferTest, AReplyNeedNotBeAsLargeAsItsRequest) {
  LoadPlan plan = udp();
  plan.pipeline = 100;
  plan.size = {16, 16'384};
  EXPECT_EQ(on_loopback(plan), "load.receive-buffer");
  plan.profile.reply = {Transform::Text, LetterCase::Ascii, "hello", 0};
  EXPECT_EQ(on_loopback(plan), "");
  plan.profile.reply = {Transform::AnyText, LetterCase::Ascii, "", 0};
  EXPECT_EQ(on_loopback(plan), "");
  plan.profile.reply.at_most = 16'384;
  EXPECT_EQ(on_loopback(plan), "load.receive-buffer");
  plan.profile.reply.transform = Transform::None;
  plan.pipeline = 10'000;
  EXPECT_EQ(on_loopback(plan), "");
}

TEST(PreflightBufferTest, OneDatagramAlwaysFits) {
  LoadPlan plan = udp();
  plan.size = {60'000, 60'000};
  MachineLimits limits = debian();
  limits.receive_buffer = 2304;
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)), "");
}

TEST(PreflightBufferTest, AShortTimeoutIsASmallWindow) {
  LoadPlan plan = with_connections(10, at_rate(10'000, udp()));
  plan.timeout = 500ms;
  EXPECT_EQ(on_loopback(plan), "");
}

TEST(PreflightBufferTest, TcpHasFlowControl) {
  EXPECT_EQ(on_loopback(with_connections(1, at_rate(50'000, tcp()))), "");
}

TEST(PreflightThreadsTest, MoreThreadsThanProcessorsAreSaid) {
  LoadPlan plan;
  plan.threads = 2;
  EXPECT_EQ(on_loopback(plan), "");
  plan.threads = 3;
  const Preflight found = preflight(plan, debian(), kLoopback);
  ASSERT_EQ(ids(found), "load.many-threads");
  EXPECT_EQ(found.warnings[0], (Message{"load.many-threads", {{"threads", "3"}, {"cores", "2"}}}));
  plan.connections = 2;  // then so many threads are started
  EXPECT_EQ(on_loopback(plan), "");
}

}  // namespace
}  // namespace sockspec::load::test
