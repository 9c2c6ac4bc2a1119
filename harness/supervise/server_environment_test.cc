// ServerUnderTest: what the server's process finds when it starts.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include "supervise/run_for_test.h"

namespace sockspec::supervise::test {
namespace {

using testing::HasSubstr;

// What the program printed before it ended.
std::string said_by(const std::vector<std::string>& argv) {
  ServerRun run(argv);
  run.starts();
  return run.output();
}

TEST(ServerEnvironmentTest, PortAndHostAreReplacedInEveryArgument) {
  ServerRun run({"echo", "--listen={host}:{port}", "{port}{port}", "{ports}"});
  run.command.host = "127.0.0.1";
  const std::string port = std::to_string(run.command.port);
  run.starts();
  EXPECT_EQ(run.output(), "--listen=127.0.0.1:" + port + " " + port + port + " {ports}\n");
}

TEST(ServerEnvironmentTest, ThePortIsInTheEnvironmentUnderBothNames) {
  ServerRun run(shell("echo $PORT $SOCKSPEC_PORT"));
  const std::string port = std::to_string(run.command.port);
  run.starts();
  EXPECT_EQ(run.output(), port + " " + port + "\n");
}

TEST(ServerEnvironmentTest, AnOuterPortDoesNotShineThrough) {
  setenv("PORT", "1", 1);
  ServerRun run(shell("env | grep -c ^PORT="));
  run.starts();
  unsetenv("PORT");
  EXPECT_EQ(run.output(), "1\n");
}

TEST(ServerEnvironmentTest, TheRestOfTheEnvironmentIsInherited) {
  setenv("SOCKSPEC_TEST_WORD", "kept", 1);
  const std::string said = said_by(shell("echo $SOCKSPEC_TEST_WORD"));
  unsetenv("SOCKSPEC_TEST_WORD");
  EXPECT_EQ(said, "kept\n");
}

TEST(ServerEnvironmentTest, StandardInputIsEmpty) {
  EXPECT_EQ(said_by(shell("readlink /proc/self/fd/0; wc -c")), "/dev/null\n0\n");
}

// What is not closed on exec was left open by whoever started us.
TEST(ServerEnvironmentTest, NoDescriptorOfOursIsInherited) {
  int left_open = 0;
  for (int fd = 3; fd < 1000; ++fd) {
    const int flags = fcntl(fd, F_GETFD);
    left_open += flags >= 0 && (flags & FD_CLOEXEC) == 0 ? 1 : 0;
  }
  const std::string said =
      said_by({"python3", "-c", "import os; print(len(os.listdir('/proc/self/fd')))"});
  EXPECT_EQ(said, std::to_string(left_open + 3 + 1) + "\n");  // one is the listing's own
}

// With SIGPIPE inherited as ignored, servers survive what kills them elsewhere.
TEST(ServerEnvironmentTest, SignalsAndTheMaskAreReset) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  sigset_t blocked, old;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &blocked, &old);
  const std::string said = said_by({"grep", "-E", "SigIgn|SigBlk", "/proc/self/status"});
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
  std::signal(SIGPIPE, before);
  EXPECT_EQ(said, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST(ServerEnvironmentTest, TheServerLeadsASessionOfItsOwn) {
  ServerRun run(listening("print(os.getpid() == os.getsid(0) == os.getpgid(0))\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_TRUE(run.prints("True\n"));
}

TEST(ServerEnvironmentTest, BothOutputsAreKept) {
  const std::string said = said_by(shell("echo out; echo err >&2"));
  EXPECT_THAT(said, HasSubstr("out\n"));
  EXPECT_THAT(said, HasSubstr("err\n"));
}

TEST(ServerEnvironmentTest, TheServerMayOpenItsErrorOutputByName) {
  EXPECT_EQ(said_by(shell("echo opened > /dev/stderr")), "opened\n");
}

}  // namespace
}  // namespace sockspec::supervise::test
