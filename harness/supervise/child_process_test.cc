// ChildProcess: a program that is started and waited for.
#include "supervise/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>

#include "io/descriptor.h"
#include "io/test_world.h"

namespace sockspec::supervise::test {
namespace {

struct Started {
  io::Loop loop;
  std::optional<std::int64_t> code;
  int signal = 0;
  std::string said;
  ChildProcess child{loop, [this](std::int64_t with, int by) { code = with, signal = by; }};

  int starts(std::vector<std::string> argv) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const io::Descriptor reading(ends[0]);
    int status = 0;
    {
      const io::Descriptor writing(ends[1]);
      status = child.start({std::move(argv), {"NAME=value"}, ends[1], ends[1]});
    }
    char bytes[512];
    for (ssize_t n = 0; (n = read(ends[0], bytes, sizeof bytes)) > 0;)
      said.append(bytes, static_cast<std::size_t>(n));
    return status;
  }

  bool ends() {
    return io::test::until(loop, [&] { return code.has_value(); });
  }
};

TEST(ChildProcessTest, ItsExitCodeIsTold) {
  Started run;
  ASSERT_EQ(run.starts({"sh", "-c", "exit 7"}), 0);
  EXPECT_GT(run.child.pid(), 0);
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(*run.code, 7);
  EXPECT_EQ(run.signal, 0);
}

TEST(ChildProcessTest, TheSignalThatEndedItIsTold) {
  Started run;
  ASSERT_EQ(run.starts({"sh", "-c", "kill -USR1 $$"}), 0);
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.signal, SIGUSR1);
}

TEST(ChildProcessTest, EachIsToldOfItsOwnEnd) {
  io::Loop loop;
  const io::Descriptor nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
  int told = 0;
  std::vector<std::unique_ptr<ChildProcess>> children;
  for (int i = 0; i < 20; ++i) {
    children.push_back(std::make_unique<ChildProcess>(loop, [&told, i](std::int64_t code, int) {
      EXPECT_EQ(code, i);
      ++told;
    }));
    const std::vector<std::string> argv = {"sh", "-c", "exit " + std::to_string(i)};
    ASSERT_EQ(children.back()->start({argv, {}, nowhere.get(), nowhere.get()}), 0);
  }
  EXPECT_TRUE(io::test::until(loop, [&] { return told == 20; }));
}

TEST(ChildProcessTest, WhatIsNotThereIsAnErrorAndNoProcess) {
  Started run;
  EXPECT_EQ(run.starts({"/no/such/program"}), ENOENT);
  EXPECT_EQ(run.child.pid(), 0);
  run.loop.run();
  EXPECT_FALSE(run.code);
}

TEST(ChildProcessTest, WhatIsNoProgramIsAnError) {
  Started run;
  EXPECT_EQ(run.starts({"/dev/null"}), EACCES);
}

TEST(ChildProcessTest, AScriptThatDoesNotSayWhatReadsItIsReadByTheShell) {
  std::string name = testing::TempDir() + "sockspec-script-XXXXXX";
  io::Descriptor(mkstemp(name.data())).reset();
  std::ofstream(name) << "echo hello $1\n";
  chmod(name.c_str(), 0700);
  Started run;
  ASSERT_EQ(run.starts({name, "there"}), 0);
  EXPECT_EQ(run.said, "hello there\n");
  EXPECT_TRUE(run.ends());
  unlink(name.c_str());
}

TEST(ChildProcessTest, BothStreamsAreWhereTheyShouldBeAndTheEnvironmentIsWhatWasGiven) {
  Started run;
  ASSERT_EQ(run.starts({"sh", "-c", "echo out; echo err >&2; echo $NAME $HOME"}), 0);
  EXPECT_EQ(run.said, "out\nerr\nvalue\n");
  ASSERT_TRUE(run.ends());
}

TEST(ChildProcessTest, ItLeadsASessionOfItsOwn) {
  Started run;
  ASSERT_EQ(run.starts({"sh", "-c", "cut -d' ' -f 1,5,6 /proc/$$/stat"}), 0);
  const std::string pid = std::to_string(run.child.pid());
  EXPECT_EQ(run.said, pid + " " + pid + " " + pid + "\n");
  EXPECT_TRUE(run.ends());
}

}  // namespace
}  // namespace sockspec::supervise::test
