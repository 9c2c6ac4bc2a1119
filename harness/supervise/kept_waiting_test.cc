// How long a server wanted a processor that others had.
#include "supervise/kept_waiting.h"

#include <gtest/gtest.h>

#include "io/test_world.h"
#include "supervise/run_for_test.h"

namespace sockspec::supervise::test {
namespace {

using namespace std::chrono_literals;

ThreadTimes thread(pid_t id, Duration ran, Duration waited) { return {id, ran, waited, 'R'}; }

TEST(KeptWaitingTest, WhatAThreadWaitedBetweenTwoLooksIsAdded) {
  KeptWaiting kept;
  kept.look({thread(1, 100ms, 0ms)});
  EXPECT_EQ(kept.total(), 0ms);
  kept.look({thread(1, 150ms, 450ms)});
  kept.look({thread(1, 200ms, 800ms)});
  EXPECT_EQ(kept.total(), 800ms);
}

TEST(KeptWaitingTest, TheThreadsOfAServerAreAddedUp) {
  KeptWaiting kept;
  kept.look({thread(1, 50ms, 40ms), thread(2, 10ms, 30ms)});
  EXPECT_EQ(kept.total(), 70ms);
}

TEST(KeptWaitingTest, AThreadThatOnlyTicksWantedNoMoreThanItGot) {
  KeptWaiting kept;
  kept.look({thread(1, 0ms, 0ms)});
  kept.look({thread(1, 1ms, 400ms)});
  EXPECT_EQ(kept.total(), 20ms);
}

TEST(KeptWaitingTest, WhatEndedIsNotForgotten) {
  KeptWaiting kept;
  kept.look({thread(1, 50ms, 70ms), thread(2, 10ms, 30ms)});
  kept.look({thread(2, 20ms, 50ms)});
  EXPECT_EQ(kept.total(), 120ms);
}

TEST(KeptWaitingTest, ANumberThatIsUsedAgainIsAnotherThread) {
  KeptWaiting kept;
  kept.look({thread(1, 50ms, 70ms)});
  kept.look({thread(1, 10ms, 5ms)});
  EXPECT_EQ(kept.total(), 75ms);
}

// Five that spin on one processor: each has a fifth of it.
TEST(KeptWaitingTest, AServerThatSpinsBesideOthersWantsAWholeProcessor) {
  ServerRun run(
      listening("os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
                "for i in range(4): os.fork()\n"
                "print('spins', flush=True)\n"
                "while True: pass"));
  ASSERT_TRUE(run.starts());
  ASSERT_TRUE(run.prints("spins\nspins\nspins\nspins\n"));
  const std::uint64_t used = *run.server->sample(Resource::Cpu, **run.told);
  const std::uint64_t wanted = *run.server->processor_time_wanted();
  ASSERT_TRUE(io::test::until(run.loop, [&] {
    return *run.server->sample(Resource::Cpu, **run.told) > used + 200'000'000U;
  }));
  EXPECT_GT(*run.server->processor_time_wanted() - wanted, 2U * 200'000'000U);
}

}  // namespace
}  // namespace sockspec::supervise::test
