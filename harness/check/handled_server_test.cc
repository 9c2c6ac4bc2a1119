// CheckRun with scenarios that measure, signal, end and start the server they are played with.
#include <gtest/gtest.h>

#include <csignal>

#include "check/check_world.h"
#include "supervise/ports.h"

namespace sockspec::check::test {
namespace {

using namespace std::chrono_literals;
using sockspec::test::alive;
using sockspec::test::connect;
using sockspec::test::exchange;
using sockspec::test::expect_exit;
using sockspec::test::hold;
using sockspec::test::judge_sample;
using sockspec::test::keep_sample;
using sockspec::test::server;
using sockspec::test::within;

Step ample(Step step) { return within(kAmple, std::move(step)); }

// Each start of it is counted; the one with this number sleeps instead.
std::vector<std::string> counted(int sleeping = 0) {
  return echo_command_after("echo >> $COUNT\nif [ $(wc -l < $COUNT) = " + std::to_string(sleeping) +
                            " ]; then exec sleep 1000; fi");
}

// A server with `options` for its listening socket, which ends the connections that it has.
std::vector<std::string> listening_with(const std::string& options) {
  return {"python3", "-c",
          "import socket, sys\n"
          "s = socket.create_server(('127.0.0.1', int(sys.argv[1])), " +
              options +
              ")\nwhile True:\n  c, _ = s.accept()\n  c.sendall(c.recv(100))\n  c.close()\n",
          "{port}"};
}

std::vector<Step> restart() {
  return {ample(exchange("a", "before")), connect("b"), within(20s, server(ServerAct::Restart)),
          ample(alive())};
}

TEST(HandledServerTest, ARestartedServerServesTheRestOfTheScenario) {
  CheckWorld world;
  world.options.command = counted();
  world.add("a/restart", restart());
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/restart:pass");
  EXPECT_EQ(living_children(), 0U);
}

// It may leave the port in TIME_WAIT, where no other server could be started.
TEST(HandledServerTest, OnAFixedPortWhatRestartsTheServerComesLast) {
  CheckWorld world;
  world.options.command = counted();
  world.options.port = *supervise::PortRange(uv_hrtime()).next();
  world.add("a/restart", {sockspec::test::repeat(1, restart())});
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/after:pass a/restart:pass");
  EXPECT_EQ(living_children(), 0U);
}

TEST(HandledServerTest, AfterAScenarioThatHandlesItTheServerIsAFreshOne) {
  CheckWorld world;
  world.options.command = counted();
  world.add("a/stop", {ample(exchange("a", "x")), server(ServerAct::Stop),
                       server(ServerAct::Continue), ample(alive())});
  world.add("a/after", "after");
  world.add("a/later", "later");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/stop:pass a/after:pass a/later:pass");
  EXPECT_EQ(starts(), 2U);
}

TEST(HandledServerTest, AServerThatIsLeftStoppedIsReplacedToo) {
  CheckWorld world;
  world.options.command = counted();
  world.add("a/stop", {ample(exchange("a", "x")), server(ServerAct::Stop)});
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/stop:pass a/after:pass");
  EXPECT_EQ(living_children(), 0U);
}

TEST(HandledServerTest, AnExitThatWasAskedForIsNoUnexpectedOne) {
  CheckWorld world;
  world.options.command = counted();
  world.add("a/terminate", {ample(exchange("a", "x")), connect("b"), server(ServerAct::Terminate),
                            ample(expect_exit())});
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/terminate:pass a/after:pass");
  EXPECT_TRUE(world.report.unexpected_exits.empty());
  EXPECT_FALSE(world.result("a/terminate").server_gone);
  EXPECT_EQ(exit_code_of(world.report), 0);
}

TEST(HandledServerTest, AServerThatDoesNotStartAgainFailsForItsReason) {
  CheckWorld world;
  world.options.command = echo_command_after(
      "echo >> $COUNT\nif [ $(wc -l < $COUNT) = 2 ]; then echo 'no luck'; exit 9; fi");
  world.add("a/restart", restart());
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/restart:fail a/after:pass");
  const Check& check = world.result("a/restart").checks.at(2);
  EXPECT_EQ(check.id, "restart");
  EXPECT_EQ(check.observed.id, "seen.not-restarted");
  EXPECT_EQ(check.observed.param("why"), "start.exited");
  EXPECT_EQ(check.observed.param("code"), "9");
  EXPECT_EQ(check.observed.param("words"), "");
}

TEST(HandledServerTest, APortThatIsTakenAtTheRestartIsTold) {
  CheckWorld world;
  world.options.command = echo_command_after(
      "echo >> $COUNT\nif [ $(wc -l < $COUNT) = 2 ]; then echo 'Address already in use'; exit 1; "
      "fi");
  world.add("a/restart", restart());
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.result("a/restart").checks.at(2).observed, Message{"seen.address-in-use"});
}

TEST(HandledServerTest, AServerThatChoosesItsPortDoesNotComeBackOnTheSame) {
  CheckWorld world;
  world.options.command = {
      "python3", "-u", "-c",
      "import socket\ns = socket.create_server(('127.0.0.1', 0))\n"
      "print('READY 127.0.0.1:%d' % s.getsockname()[1])\n"
      "while True:\n  c, _ = s.accept()\n  c.sendall(c.recv(100))\n  c.close()\n"};
  world.add("a/restart", {ample(exchange("a", "x")), within(20s, server(ServerAct::Restart))});
  world.add("a/second", {ample(exchange("a", "x")), within(20s, server(ServerAct::StartSecond))});
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/restart:fail a/second:pass");
  const Message& seen = world.result("a/restart").checks.back().observed;
  EXPECT_EQ(seen.id, "seen.not-restarted");
  EXPECT_EQ(seen.param("why"), "start.elsewhere");
  EXPECT_EQ(seen.param("address").find("127.0.0.1:"), 0U);
}

// A second instance.

std::vector<Step> start_second(Duration limit = 20s) {
  return {ample(exchange("a", "x")), within(limit, server(ServerAct::StartSecond)), ample(alive())};
}

TEST(HandledServerTest, ASecondInstanceThatIsRefusedThePortIsRight) {
  CheckWorld world;
  world.options.command = counted();
  world.add("a/second", start_second());
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/second:pass a/after:pass");
  EXPECT_EQ(living_children(), 0U);
}

TEST(HandledServerTest, ASecondInstanceThatSharesThePortIsTold) {
  CheckWorld world;
  world.options.command = listening_with("reuse_port=True");
  world.add("a/second", start_second());
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/second:fail a/after:pass");
  EXPECT_EQ(world.result("a/second").checks.at(2).observed, Message{"seen.second-listens"});
  EXPECT_EQ(living_children(), 0U);
}

TEST(HandledServerTest, ASecondInstanceThatOnlyWaitsIsEndedWithTheScenario) {
  CheckWorld world;
  world.options.command = counted(2);
  world.add("a/second", start_second(2s));
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/second:inconclusive(reason.late-once)");
  EXPECT_EQ(world.result("a/second").failed_runs, 1);
  EXPECT_EQ(living_children(), 0U);
}

TEST(HandledServerTest, AnInterruptDuringARestartLeavesNoChild) {
  CheckWorld world;
  world.options.command = counted(2);
  world.add("a/restart", restart());
  ASSERT_TRUE(world.runs([&] {
    if (starts() == 2 && world.report.interrupted_by == 0) world.run->interrupt(SIGINT);
  }));
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/restart:not-run(reason.interrupted)");
  EXPECT_EQ(living_children(), 0U);
}

TEST(HandledServerTest, AnInterruptWithASecondInstanceLeavesNoChild) {
  CheckWorld world;
  world.options.command = counted(2);
  world.add("a/second", start_second());
  bool twice = false;
  ASSERT_TRUE(world.runs([&] {
    if (starts() == 2 && world.report.interrupted_by == 0) {
      world.run->interrupt(SIGINT);
    } else if (world.report.interrupted_by != 0 && !std::exchange(twice, true)) {
      world.run->interrupt(SIGINT);
    }
  }));
  EXPECT_EQ(living_children(), 0U);
}

// Samples.

TEST(HandledServerTest, AServerOfOursIsMeasured) {
  CheckWorld world;
  world.options.command = counted();
  world.add("a/measured",
            {ample(exchange("a", "x")), keep_sample(Resource::Descriptors, "start"), connect("b"),
             ample(exchange("b", "y")), sockspec::test::close("b"),
             ample(judge_sample(Resource::Descriptors, 0, "start")),
             ample(judge_sample(Resource::CloseWait, 0)), ample(judge_sample(Resource::Zombies, 0)),
             ample(judge_sample(Resource::Memory, 1U << 30U))});
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/measured:pass a/after:pass");
  for (const Check& check : world.result("a/measured").checks)
    EXPECT_EQ(check.outcome, Outcome::Pass) << check.id;
  EXPECT_EQ(starts(), 1U);
}

TEST(HandledServerTest, AServerThatIsNotOursIsNotMeasured) {
  CheckWorld world;
  Recorder recorder;
  io::test::TinyServer server = recorder.server();
  world.add("a/measured", {ample(exchange("a", "x")), judge_sample(Resource::Zombies, 0)});
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.result("a/measured").checks.back().observed, Message{"seen.cannot-measure"});
}

}  // namespace
}  // namespace sockspec::check::test
