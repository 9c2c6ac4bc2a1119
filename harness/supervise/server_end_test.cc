// ServerUnderTest: how a server ends, and that nothing of it is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>

#include "io/test_world.h"
#include "supervise/run_for_test.h"

namespace sockspec::supervise::test {
namespace {

using namespace std::chrono_literals;

// Twice forked and in a session of its own, the daemon listens; the process we started exits.
std::vector<std::string> daemon_server(const std::string& in_the_daemon = "") {
  return python("if os.fork(): os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\n" +
                in_the_daemon +
                "\ns = socket.create_server(('127.0.0.1', port))\ntime.sleep(1000)");
}

TEST(ServerEndTest, StopEndsTheServerAndTellsNoGone) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_TRUE(run.stops());
  EXPECT_FALSE(run.server->running());
  EXPECT_EQ(run.server->how_it_ended().id, "exit.signal");
  EXPECT_TRUE(run.gone.empty());
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, SigtermMayBeAnsweredWithAnOrderlyExit) {
  ServerRun run(
      python("signal.signal(signal.SIGTERM, lambda *_: (print('bye'), os._exit(0)))\n"
             "s = socket.create_server(('127.0.0.1', port))\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(run.server->how_it_ended(), (Message{"exit.code", {{"code", "0"}}}));
  EXPECT_TRUE(run.prints("bye\n"));
}

TEST(ServerEndTest, AServerThatIgnoresSigtermIsKilled) {
  ServerRun run(
      python("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
             "s = socket.create_server(('127.0.0.1', port))\nwhile True: time.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(run.server->how_it_ended(),
            (Message{"exit.signal", {{"signal", "9"}, {"name", "Killed"}}}));
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, AServerThatExitsByItselfIsGoneOnceWithItsCode) {
  ServerRun run(listening("time.sleep(0.1)\nos._exit(7)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.ends());
  io::test::turn(run.loop);
  EXPECT_EQ(run.gone, (std::vector<Message>{{"exit.code", {{"code", "7"}}}}));
  EXPECT_EQ(run.server->how_it_ended(), run.gone.front());
  EXPECT_FALSE(run.server->running());
}

TEST(ServerEndTest, AServerThatCrashesIsGoneWithTheSignal) {
  ServerRun run(listening("time.sleep(0.1)\nos.kill(os.getpid(), signal.SIGABRT)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.gone.front(), (Message{"exit.signal", {{"signal", "6"}, {"name", "Aborted"}}}));
}

TEST(ServerEndTest, AWrappersWordForASignalIsReadAsTheSignal) {
  ServerRun run(listening("time.sleep(0.1)\nos.kill(os.getpid(), signal.SIGABRT)"));
  run.command.wrapper = {"sh", "-c", "\"$@\"; exit $?", "sh"};
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.gone.front(), (Message{"exit.signal", {{"signal", "6"}, {"name", "Aborted"}}}));
}

TEST(ServerEndTest, WithoutAWrapperACodeIsACode) {
  ServerRun run(listening("time.sleep(0.1)\nos._exit(141)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.gone.front(), (Message{"exit.code", {{"code", "141"}}}));
}

TEST(ServerEndTest, ChildrenEndWithTheServer) {
  ServerRun run(
      listening("for i in range(3):\n  if os.fork() == 0: "
                "time.sleep(1000)\nprint('forked')\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("forked\n"));
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, ChildrenInGroupsOfTheirOwnThatIgnoreSigtermEndToo) {
  ServerRun run(listening(
      "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
      "if os.fork() == 0:\n  os.setsid()\n  print('apart')\n  time.sleep(1000)\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("apart\n"));
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, ADaemonIsFoundReadyAndEnded) {
  ServerRun run(daemon_server());
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, TheExitOfADaemonsStarterIsNotTheServersEnd) {
  ServerRun run(
      listening("if os.fork(): os._exit(0)\nos.setsid()\nprint('alone')\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("alone\n"));
  ASSERT_TRUE(io::test::until(run.loop, [&] { return !run.server->running(); }));
  EXPECT_TRUE(run.gone.empty());
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(survivors(), "");
}

// Its environment is the only mark on it; the sweep at the end of a run goes by descent.
TEST(ServerEndTest, ADaemonWithoutItsEnvironmentIsStillADescendant) {
  ServerRun run(
      python("if os.fork(): os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\n"
             "print('away')\nos.execve('/bin/sleep', ['sleep', '1000'], {})"));
  run.command.start_limit = 1s;
  EXPECT_FALSE(run.starts());
  EXPECT_TRUE(run.stops());
  for (const ProcessInfo& process : own_descendants()) kill(process.pid, SIGKILL);
  EXPECT_TRUE(io::test::until(run.loop, [] { return survivors().empty(); }));
  reap_orphans({});
}

TEST(ServerEndTest, AServerMayBeStoppedWhileItStarts) {
  ServerRun run(shell("sleep 1000"));
  run.server = std::make_unique<ServerUnderTest>(
      run.loop, run.command, ServerUnderTest::Events{[&](auto) { ++run.ready_calls; }, nullptr});
  run.server->start();
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(run.ready_calls, 0);
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, DestroyingKillsTheFamilyAtOnce) {
  ServerRun run(
      listening("if os.fork() == 0: time.sleep(1000)\nprint('forked')\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("forked\n"));
  run.server.reset();
  EXPECT_TRUE(io::test::until(run.loop, [] { return survivors().empty(); }));
  reap_orphans({});
  EXPECT_TRUE(own_descendants().empty());
}

TEST(ServerEndTest, ADaemonEndsWhenItsOwnerIsDestroyed) {
  ServerRun run(daemon_server());
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(io::test::until(run.loop, [&] { return !run.server->running(); }));
  run.server.reset();
  EXPECT_TRUE(io::test::until(run.loop, [] { return survivors().empty(); }));
  reap_orphans({});
}

// Both are children of ours: collecting one's orphans must not take the other's exit status.
TEST(ServerEndTest, EndingOneServerDoesNotHideTheDeathOfAnother) {
  ServerRun first(listening());
  ASSERT_TRUE(first.starts()) << first.error();
  std::optional<Message> gone;
  ServerCommand command = first.command;
  command.port = free_port();
  bool ready = false;
  ServerUnderTest second(
      first.loop, command,
      {[&](auto) { ready = true; }, [&](Message how) { gone = std::move(how); }});
  second.start();
  ASSERT_TRUE(io::test::until(first.loop, [&] { return ready; }));
  kill(first.server->pid(), SIGKILL);
  ASSERT_TRUE(first.ends());
  kill(second.pid(), SIGKILL);
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(second.pid()), &info,
         WEXITED | WNOWAIT);  // dead, and not collected
  EXPECT_TRUE(first.stops());
  EXPECT_TRUE(io::test::until(first.loop, [&] { return gone.has_value(); }));
}

// terminate(): SIGTERM and nothing more.

TEST(ServerEndTest, AServerThatIsTerminatedTellsHowItEnded) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts()) << run.error();
  run.server->terminate();
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.gone.front(), (Message{"exit.signal", {{"signal", "15"}, {"name", "Terminated"}}}));
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(run.gone.size(), 1U);
}

TEST(ServerEndTest, AServerThatIsTerminatedIsGoneWhenItsWholeFamilyHasEnded) {
  ServerRun run(
      listening("if os.fork() == 0:\n  os.setsid()\n  signal.signal(signal.SIGTERM, "
                "signal.SIG_IGN)\n  print('forked')\n  while True: time.sleep(1000)\n"
                "while True: time.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("forked\n"));
  run.server->terminate();
  ASSERT_TRUE(io::test::until(run.loop, [&] { return !run.server->running(); }));
  io::test::turn(run.loop);
  EXPECT_TRUE(run.gone.empty());
  for (const ProcessInfo& process : own_descendants()) kill(process.pid, SIGKILL);
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.gone.front().id, "exit.signal");
  EXPECT_EQ(survivors(), "");
}

TEST(ServerEndTest, AServerThatIgnoresSigtermIsNotKilledBeforeItIsStopped) {
  ServerRun run(
      python("signal.signal(signal.SIGTERM, lambda *_: print('no'))\n"
             "s = socket.create_server(('127.0.0.1', port))\nwhile True: time.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  run.server->terminate();
  ASSERT_TRUE(run.prints("no\n"));
  io::test::turn(run.loop);
  EXPECT_TRUE(run.server->running());
  EXPECT_TRUE(run.gone.empty());
  EXPECT_TRUE(run.stops());
  EXPECT_TRUE(run.gone.empty());
}

TEST(ServerEndTest, AStoppedServerHearsSigterm) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts()) << run.error();
  run.server->signal(SIGSTOP);
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(run.server->how_it_ended(),
            (Message{"exit.signal", {{"signal", "15"}, {"name", "Terminated"}}}));
}

TEST(ServerEndTest, KillingNowDoesNotWaitForSigterm) {
  ServerRun run(
      python("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
             "s = socket.create_server(('127.0.0.1', port))\nwhile True: time.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  run.server->kill_now();
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.gone.front(), (Message{"exit.signal", {{"signal", "9"}, {"name", "Killed"}}}));
}

TEST(ServerEndTest, AFloodOfOutputIsDrainedAndBounded) {
  ServerRun run(
      listening("for i in range(4096): sys.stdout.write('x' * 4095 + "
                "'\\n')\nprint('done')\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("done\n"));
  EXPECT_EQ(run.server->output().total(), (16U << 20U) + 5);
  EXPECT_LE(run.output().size(), 64U << 10U);
}

TEST(ServerEndTest, WhatIsPrintedWhileEndingIsKept) {
  ServerRun run(python(
      "def end(*_):\n  print('last words')\n  os._exit(1)\nsignal.signal(signal.SIGTERM, end)\n"
      "s = socket.create_server(('127.0.0.1', port))\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_TRUE(run.stops());
  EXPECT_TRUE(run.prints("last words\n"));
}

TEST(ServerEndTest, NoDescriptorIsLeftBehind) {
  const auto start_and_stop = [] {
    ServerRun run(listening());
    EXPECT_TRUE(run.starts()) << run.error();
    EXPECT_TRUE(run.stops());
  };
  start_and_stop();
  const std::size_t before = io::test::open_descriptors();
  start_and_stop();
  EXPECT_EQ(io::test::open_descriptors(), before);
}

}  // namespace
}  // namespace sockspec::supervise::test
