#include "supervise/thread_times.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sockspec::supervise::test {
namespace {

using namespace std::chrono_literals;

TEST(ThreadTimesTest, TheFirstFigureIsRunningTheSecondIsWaiting) {
  ThreadTimes thread;
  ASSERT_TRUE(parse_schedstat("1000 200 7\n", thread));
  EXPECT_EQ(thread.ran, 1000ns);
  EXPECT_EQ(thread.waited, 200ns);
}

TEST(ThreadTimesTest, WhatIsNoFigureIsNotRead) {
  ThreadTimes thread;
  for (const char* const text : {"", "none", "7", "7 x"})
    EXPECT_FALSE(parse_schedstat(text, thread));
}

TEST(ThreadTimesTest, TheStateStandsBehindAnyName) {
  EXPECT_EQ(state_in("17 (a) R b) S 1 17 17 0"), 'S');
  EXPECT_EQ(state_in(""), '?');
}

TEST(ThreadTimesTest, OfNoProcessThereIsNoThread) { EXPECT_TRUE(threads_of({}).living.empty()); }

TEST(ThreadTimesTest, ThisVeryThreadRuns) {
  const Threads threads = threads_of({{.pid = getpid(), .state = 'R'}});
  ASSERT_FALSE(threads.living.empty());
  EXPECT_EQ(threads.living.front().id, getpid());
  EXPECT_EQ(threads.living.front().state, 'R');
  EXPECT_GT(threads.living.front().ran, 0ns);
}

TEST(ThreadTimesTest, OfAProcessThatHasEndedNotAllIsKnown) {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_FALSE(threads_of({{.pid = child, .state = 'R'}}).all);
}

}  // namespace
}  // namespace sockspec::supervise::test
