// CheckRun with servers that it starts itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <set>

#include "check/check_world.h"
#include "supervise/ports.h"
#include "supervise/process_table.h"

namespace sockspec::check::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

std::vector<Step> slow_steps() {
  return {sockspec::test::connect("a"), sockspec::test::hold("a", 200ms),
          sockspec::test::within(kAmple, sockspec::test::exchange("a", "x"))};
}

TEST(SupervisedRunTest, AServerThatCrashesIsToldAndReplaced) {
  CheckWorld world;
  world.options.command = echo_command();
  world.add("a/crash", "crash");
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/crash:fail a/after:pass");
  EXPECT_EQ(world.result("a/crash").server_gone, (Message{"exit.code", {{"code", "3"}}}));
  EXPECT_EQ(world.result("a/crash").server_output, "I am going down");
  EXPECT_EQ(living_children(), 0U);
}

TEST(SupervisedRunTest, AResultIsToldBeforeItsServerHasEnded) {
  CheckWorld world;
  world.options.command = {
      // it lets SIGTERM pass, so its end takes a while
      "python3", "-c",
      "import signal, socket, sys\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
      "s = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
      "while True:\n  c, _ = s.accept()\n  c.sendall(c.recv(100))\n  c.close()\n",
      "{port}"};
  world.add("a/wrong", {sockspec::test::connect("a"), sockspec::test::send("a", "x"),
                        sockspec::test::within(kAmple, sockspec::test::expect_bytes("a", "y"))});
  std::optional<std::size_t> living;
  world.on_progress = [&](const Progress& state) {
    if (!living && state.counts.contains(Outcome::Fail)) living = living_children();
  };
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/wrong:fail");
  EXPECT_EQ(living, 1U);
}

TEST(SupervisedRunTest, WhatWasLateIsPlayedAgainWhileAnotherOnlyWaits) {
  CheckWorld world;
  world.options.command = echo_command();
  world.options.jobs = 2;
  world.add("a/late", {sockspec::test::connect("a"),
                       sockspec::test::within(kShort, sockspec::test::expect_bytes("a", "y"))});
  world.add("a/waits", {sockspec::test::connect("a"), sockspec::test::hold("a", 30s)}).budget = 30s;
  bool again = false;
  world.on_progress = [&](const Progress& state) {
    const std::set<std::string> running(state.running.begin(), state.running.end());
    again = again || (state.counts.contains(Outcome::Fail) &&
                      running == std::set<std::string>{"a/late", "a/waits"});
    if (again) world.run->interrupt(SIGTERM);
  };
  ASSERT_TRUE(world.runs());
  EXPECT_TRUE(again);
}

TEST(SupervisedRunTest, AServerThatDiesAfterItsAnswerIsRed) {
  CheckWorld world;
  world.options.command = {
      "python3", "-c",
      "import socket, sys\ns = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
      "for i in range(2):\n  c, _ = s.accept()\n  c.sendall(c.recv(100))\n  c.close()\n",
      "{port}"};
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs());
  world.report.exit_code = exit_code_of(world.report);
  EXPECT_EQ(world.report.exit_code, 1) << world.outcomes();
}

// It serves one client at a time and never notices that the client has left. Each of these
// scenarios holds by itself.
TEST(SupervisedRunTest, AServerThatIsStuckAfterAScenarioFailsNoOther) {
  CheckWorld world;
  world.options.jobs = world.options.most_jobs = 1;
  world.options.command = {
      "python3", "-c",
      "import socket, sys, time\ns = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
      "c, _ = s.accept()\n"
      "while True:\n  data = c.recv(100)\n  c.sendall(data)\n  if not data: time.sleep(1)\n",
      "{port}"};
  for (const char* const name : {"a/one", "a/two", "a/three"}) world.add(name, "one", 1s);
  ASSERT_TRUE(world.runs()) << (world.finished && !*world.finished ? world.finished->error().text
                                                                   : "");
  EXPECT_EQ(world.outcomes(),
            "basic/sanity:pass a/one:inconclusive(reason.stuck-after) a/two:pass a/three:pass");
  EXPECT_EQ(find_result(world.report, "a/one")->reason.param("scenario"), "basic/sanity");
}

TEST(SupervisedRunTest, AServerThatCannotBeStartedIsAnError) {
  CheckWorld world;
  world.options.command = {"/no/such/server"};
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs());
  ASSERT_FALSE(world.finished->ok());
  EXPECT_EQ(world.finished->error().kind, ErrorKind::Unreachable);
  EXPECT_EQ(world.finished->error().message,
            (Message{"start.no-program", {{"program", "/no/such/server"}}}));
}

TEST(SupervisedRunTest, AServerThatDoesNotStartAgainIsAFailureOfTheServer) {
  CheckWorld world;
  world.options.command =
      echo_command_after("if [ -e $COUNT ]; then echo broken; exit 9; fi; touch $COUNT");
  world.add("a/crash", "crash");
  world.add("a/after", "after");
  ASSERT_TRUE(world.runs());
  EXPECT_TRUE(world.finished->ok());
  EXPECT_EQ(world.outcomes(),
            "basic/sanity:pass a/crash:fail a/after:not-run(reason.not-restarted)");
  ASSERT_EQ(world.report.unexpected_exits.size(), 1U);
  const Message& how = world.report.unexpected_exits.front().how;
  EXPECT_EQ(how.id, "exit.not-restarted");
  EXPECT_EQ(how.param("why"), "start.exited");
  EXPECT_EQ(how.param("code"), "9");
  EXPECT_EQ(how.param("said"), "\nbroken");
}

TEST(SupervisedRunTest, WhenThePortWasTakenAnotherOneIsTried) {
  CheckWorld world;
  world.options.command = echo_command_after(
      "if [ ! -e $COUNT ]; then touch $COUNT; echo 'bind: Address already in use'; exit 1; fi");
  ASSERT_TRUE(world.runs());
  EXPECT_TRUE(world.finished->ok());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass");
}

TEST(SupervisedRunTest, AFixedPortIsUsedByOneLaneAlone) {
  CheckWorld world;
  world.options.command = echo_command();
  world.options.port = *supervise::PortRange(uv_hrtime()).next();
  world.options.jobs = 4;
  for (const char* const name : {"a", "b", "c"}) world.add(std::string("x/") + name, name);
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass x/a:pass x/b:pass x/c:pass");
  EXPECT_EQ(world.report.target.address, "127.0.0.1:" + std::to_string(*world.options.port));
  for (const Progress& state : world.progress) EXPECT_LE(state.running.size(), 1U);
}

TEST(SupervisedRunTest, SeveralLanesPlayAtTheSameTime) {
  CheckWorld world;
  world.options.command = echo_command();
  world.options.jobs = 3;
  for (const char* const name : {"a", "b", "c", "d", "e", "f"})
    world.add(std::string("x/") + name, slow_steps());
  std::size_t most = 0;
  std::size_t servers = 0;
  world.on_progress = [&](const Progress& state) {
    most = std::max(most, state.running.size());
    servers = std::max(servers, living_children());
  };
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(count_outcomes(world.report)[Outcome::Pass], 7U) << world.outcomes();
  EXPECT_GT(most, 1U);
  EXPECT_LE(most, 3U);
  EXPECT_GE(servers, 3U);  // a server may have helpers while it starts
  EXPECT_EQ(living_children(), 0U);
}

TEST(SupervisedRunTest, ACrashInOneLaneLeavesTheOthersAlone) {
  CheckWorld world;
  world.options.command = echo_command();
  world.options.jobs = 2;
  for (const char* const name : {"a", "b", "c"}) {
    world.add(std::string("crash/") + name, "crash");
    world.add(std::string("good/") + name, slow_steps());
  }
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(count_outcomes(world.report)[Outcome::Fail], 3U) << world.outcomes();
  EXPECT_EQ(count_outcomes(world.report)[Outcome::Pass], 4U) << world.outcomes();
}

TEST(SupervisedRunTest, FreshMeansAServerForEachScenario) {
  CheckWorld world;
  world.options.command = echo_command();
  world.options.fresh = true;
  std::set<std::int64_t> pids;
  world.add("a/one", "one");
  world.add("a/two", "two");
  ASSERT_TRUE(world.runs([&] {
    for (const auto& process : supervise::own_descendants()) {
      if (process.parent == getpid()) pids.insert(process.pid);
    }
  }));
  EXPECT_GE(pids.size(), 4U);  // sanity, one, two, sanity again
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/one:pass a/two:pass");
}

TEST(SupervisedRunTest, AnInterruptKeepsTheResultsAndLeavesNoChild) {
  CheckWorld world;
  world.options.command = echo_command();
  world.add("a/one", slow_steps());
  world.add("a/two", slow_steps());
  world.on_progress = [&](const Progress& state) {
    const bool in_the_middle = state.done == 1 && !state.running.empty();
    if (in_the_middle && world.report.interrupted_by == 0) world.run->interrupt(SIGINT);
  };
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(
      world.outcomes(),
      "basic/sanity:pass a/one:not-run(reason.interrupted) a/two:not-run(reason.interrupted)");
  EXPECT_EQ(world.report.interrupted_by, SIGINT);
  EXPECT_EQ(exit_code_of(world.report), 130);
  EXPECT_EQ(living_children(), 0U);
}

TEST(SupervisedRunTest, AnInterruptWhileTheServerStartsEndsItToo) {
  CheckWorld world;
  world.options.command = {"sleep", "1000"};
  world.add("a/one", "one");
  bool interrupted = false;
  ASSERT_TRUE(world.runs([&] {
    if (!std::exchange(interrupted, true)) world.run->interrupt(SIGTERM);
  }));
  EXPECT_EQ(world.report.interrupted_by, SIGTERM);
  EXPECT_EQ(living_children(), 0U);
}

TEST(SupervisedRunTest, ASecondInterruptKills) {
  CheckWorld world;
  world.options.command = echo_command_after("trap '' TERM");
  world.add("a/one", slow_steps());
  bool twice = false;
  world.on_progress = [&](const Progress& state) {
    const bool in_the_middle = state.done == 1 && !state.running.empty();
    if (in_the_middle && world.report.interrupted_by == 0) world.run->interrupt(SIGINT);
  };
  ASSERT_TRUE(world.runs([&] {
    if (world.report.interrupted_by != 0 && !std::exchange(twice, true))
      world.run->interrupt(SIGINT);
  }));
  EXPECT_TRUE(twice);
  EXPECT_EQ(living_children(), 0U);
}

}  // namespace
}  // namespace sockspec::check::test
