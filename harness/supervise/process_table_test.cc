#include "supervise/process_table.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "io/test_world.h"
#include "supervise/socket_table.h"

namespace sockspec::supervise {
namespace {

std::vector<pid_t> pids(const std::vector<ProcessInfo>& processes) {
  std::vector<pid_t> all;
  for (const ProcessInfo& process : processes) all.push_back(process.pid);
  return all;
}

// pid, parent, group, session
ProcessInfo process(pid_t pid, pid_t parent, pid_t group, pid_t session) {
  return {pid, parent, group, session, 'S'};
}

TEST(ParseStatTest, TheFieldsAfterTheNameAreRead) {
  ProcessInfo info;
  ASSERT_TRUE(parse_stat("123 (echo) S 1 100 99 0 -1 4194560", info));
  EXPECT_EQ(info, (ProcessInfo{123, 1, 100, 99, 'S'}));
}

TEST(ParseStatTest, ANameMayHoldSpacesAndParentheses) {
  ProcessInfo info;
  ASSERT_TRUE(parse_stat("123 (a) Z 1 2 (b) R 7 8 9 0", info));
  EXPECT_EQ(info, (ProcessInfo{123, 7, 8, 9, 'R'}));
  ASSERT_TRUE(parse_stat("124 (\n) S 5 (\n) S 7 8 9 0", info));
  EXPECT_EQ(info.parent, 7);
}

TEST(ParseStatTest, WhatIsNoStatIsRefused) {
  ProcessInfo info;
  for (const char* const text :
       {"", "123", "123 (echo", "123 (echo)", "123 (echo) S", "123 (echo) S 1 2", "(x) S 1 2 3"}) {
    EXPECT_FALSE(parse_stat(text, info)) << text;
  }
}

TEST(ProcessTableTest, ThisProcessIsInTheTable) {
  for (const ProcessInfo& info : all_processes()) {
    if (info.pid != getpid()) continue;
    EXPECT_EQ(info.parent, getppid());
    EXPECT_EQ(info.session, getsid(0));
    return;
  }
  FAIL() << "not found";
}

TEST(FamilyTest, DescendantsBelongToItWhereverTheyStand) {
  const auto family = family_of(100, "",
                                {process(103, 102, 103, 103), process(102, 101, 102, 102),
                                 process(101, 100, 101, 101), process(100, 50, 100, 100)});
  EXPECT_EQ(pids(family), (std::vector<pid_t>{103, 102, 101, 100}));
}

TEST(FamilyTest, TheSessionAndTheGroupBelongToIt) {
  const auto family = family_of(
      100, "", {process(200, 1, 150, 100), process(201, 1, 100, 150), process(202, 1, 150, 150)});
  EXPECT_EQ(pids(family), (std::vector<pid_t>{200, 201}));
}

TEST(FamilyTest, StrangersAndWeOurselvesDoNot) {
  const auto family = family_of(100, "", {process(getpid(), 100, 100, 100), process(7, 1, 7, 7)});
  EXPECT_TRUE(family.empty());
}

TEST(FamilyTest, AnOrphanIsKnownByTheMarkInItsEnvironment) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    const char* const environment[] = {"OTHER=1", "MARK=7", nullptr};
    dup2(ready[1], 1);
    execle("/bin/sh", "sh", "-c", "echo; sleep 1000", nullptr, environment);
    _exit(127);
  }
  char line = 0;
  ASSERT_EQ(read(ready[0], &line, 1), 1);
  const auto of = [](const std::string& mark) {
    return pids(family_of(getpid() + 100'000, mark, all_processes()));
  };
  const std::vector<pid_t> marked = of("MARK=7");
  EXPECT_NE(std::find(marked.begin(), marked.end(), child), marked.end());
  EXPECT_TRUE(of("MARK=").empty());
  EXPECT_TRUE(of("ARK=7").empty());
  kill(-child, SIGKILL);
  waitpid(child, nullptr, 0);
}

TEST(ProcessTableTest, ASocketIsFoundAtItsHolder) {
  const io::test::Listener listener;
  for (const BoundSocket& socket : bound_sockets(Transport::Tcp)) {
    if (!(socket.local == listener.address())) continue;
    EXPECT_TRUE(holds_socket({process(getpid(), 1, 1, 1)}, socket.inode));
    EXPECT_FALSE(holds_socket({process(getppid(), 1, 1, 1)}, socket.inode));
    EXPECT_NE(holder_of(socket.inode).find("(pid " + std::to_string(getpid()) + ")"),
              std::string::npos);
    return;
  }
  FAIL() << "not listed";
}

TEST(ProcessTableTest, ASocketThatNobodyHoldsHasNoHolder) { EXPECT_EQ(holder_of(1), ""); }

TEST(ProcessTableTest, OrphansAreCollectedExceptThoseSomebodyWaitsFor) {
  const auto exited = [] {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    siginfo_t info{};
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
    return child;
  };
  const pid_t spared = exited();
  const pid_t other = exited();
  reap_orphans({spared});
  EXPECT_EQ(waitpid(other, nullptr, WNOHANG), -1);
  EXPECT_EQ(waitpid(spared, nullptr, WNOHANG), spared);
}

// In a child, because everything below the caller is ended. 0 when nothing was left.
int left_after_ending(void (*start)()) {
  const pid_t child = fork();
  if (child == 0) {
    become_subreaper();
    start();
    end_descendants();
    _exit(own_descendants().empty() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

void ignore_everything_gentle() {
  for (const int each : {SIGTERM, SIGINT, SIGHUP}) signal(each, SIG_IGN);
  for (;;) pause();
}

TEST(EndDescendantsTest, WhereThereIsNoChildItIsOverAtOnce) {
  EXPECT_EQ(left_after_ending([] {}), 0);
}

TEST(EndDescendantsTest, ChildrenThatIgnoreSignalsEnd) {
  EXPECT_EQ(left_after_ending([] {
              for (int i = 0; i < 5; ++i) {
                if (fork() == 0) ignore_everything_gentle();
              }
            }),
            0);
}

TEST(EndDescendantsTest, DaemonsInSessionsOfTheirOwnEnd) {
  EXPECT_EQ(left_after_ending([] {
              if (fork() != 0) return;
              setsid();
              if (fork() == 0) ignore_everything_gentle();
              _exit(0);
            }),
            0);
}

TEST(EndDescendantsTest, AStoppedProcessEnds) {
  EXPECT_EQ(left_after_ending([] {
              if (fork() == 0) raise(SIGSTOP);
            }),
            0);
}

// Bounded, so that it ends even if nobody ends it.
TEST(EndDescendantsTest, AProcessThatIsAnotherOneEveryMomentEnds) {
  EXPECT_EQ(left_after_ending([] {
              if (fork() != 0) return;
              for (int i = 0; i < 5000; ++i) {
                if (fork() != 0) _exit(0);
                usleep(1000);
              }
              _exit(0);
            }),
            0);
}

}  // namespace
}  // namespace sockspec::supervise
