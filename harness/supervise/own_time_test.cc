// What a server did by its own will.
#include "supervise/own_time.h"

#include <gtest/gtest.h>

#include "io/test_world.h"
#include "supervise/run_for_test.h"

namespace sockspec::supervise::test {
namespace {

using namespace std::chrono_literals;

Activity asleep(Duration ran) { return {.ran = ran}; }

Activity awake(Duration ran, Duration waited) { return {ran, waited, false, false}; }

TEST(OwnTimeTest, ItRestsSinceItWasFirstSeenAsleep) {
  OwnTime time;
  EXPECT_EQ(time.slept(), 0ms);
  time.look(100ms, asleep(7ms), 0ms);
  EXPECT_EQ(time.slept(), 0ms);
  time.look(250ms, asleep(7ms), 0ms);
  time.look(400ms, asleep(7ms), 0ms);
  EXPECT_EQ(time.slept(), 300ms);
}

TEST(OwnTimeTest, WhatRanBetweenTwoLooksHadNotRestedBefore) {
  OwnTime time;
  time.look(100ms, asleep(7ms), 0ms);
  time.look(250ms, asleep(27ms), 0ms);
  time.look(400ms, asleep(27ms), 0ms);
  EXPECT_EQ(time.slept(), 150ms);
}

TEST(OwnTimeTest, AClockThatTicksInItsSleepWakesNobody) {
  OwnTime time;
  time.look(100ms, asleep(7ms), 0ms);
  time.look(350ms, asleep(9ms), 0ms);
  time.look(600ms, asleep(12ms), 0ms);
  EXPECT_EQ(time.slept(), 500ms);
}

TEST(OwnTimeTest, WhoeverWasSeenAwakeBeginsAnew) {
  OwnTime time;
  time.look(100ms, asleep(7ms), 0ms);
  time.look(250ms, awake(7ms, 0ms), 0ms);
  EXPECT_EQ(time.slept(), 0ms);
  time.look(400ms, asleep(7ms), 0ms);
  EXPECT_EQ(time.slept(), 0ms);
}

TEST(OwnTimeTest, WhatCouldNotBeSeenMayHaveBeenAwake) {
  OwnTime time;
  time.look(100ms, asleep(7ms), 0ms);
  time.look(250ms, std::nullopt, 0ms);
  time.look(400ms, asleep(7ms), 0ms);
  EXPECT_EQ(time.slept(), 0ms);
}

TEST(OwnTimeTest, WhoeverCouldNotLookForLongKnowsNothingOfThatTime) {
  OwnTime time;
  time.look(100ms, asleep(7ms), 0ms);
  time.look(600ms, asleep(7ms), 0ms);
  EXPECT_EQ(time.slept(), 0ms);
  time.look(750ms, asleep(7ms), 0ms);
  EXPECT_EQ(time.slept(), 150ms);
}

TEST(OwnTimeTest, AThreadThatEndedMayHaveDoneSomethingLast) {
  OwnTime time;
  time.look(100ms, asleep(7ms), 0ms);
  time.look(250ms, asleep(3ms), 0ms);
  EXPECT_EQ(time.slept(), 0ms);
}

TEST(OwnTimeTest, WhoHardlyEverWaitsForAProcessorIsFree) {
  OwnTime time;
  time.look(100ms, awake(0ms, 0ms), 0ms);
  time.look(250ms, awake(135ms, 15ms), 0ms);
  time.look(400ms, awake(270ms, 30ms), 0ms);
  EXPECT_EQ(time.free(), 300ms);
  EXPECT_EQ(time.slept(), 0ms);
  time.look(550ms, awake(300ms, 90ms), 0ms);
  time.look(700ms, awake(450ms, 90ms), 0ms);
  EXPECT_EQ(time.free(), 150ms) << "since it waited";
}

TEST(OwnTimeTest, WhoWaitsForAProcessorOrHasNoneFromTheMachineIsNot) {
  OwnTime waits, robbed;
  for (int i = 0; i < 4; ++i) {
    waits.look(i * 150ms, awake(i * 130ms, i * 20ms), 0ms);
    robbed.look(i * 150ms, awake(i * 150ms, 0ms), i * 20ms);
  }
  EXPECT_EQ(waits.free(), 0ms);
  EXPECT_EQ(robbed.free(), 0ms);
}

TEST(OwnTimeTest, WhoIsStoppedOrWaitsForADiskIsNotFree) {
  OwnTime time;
  time.look(100ms, awake(0ms, 0ms), 0ms);
  time.look(250ms, Activity{150ms, 0ms, false, true}, 0ms);
  EXPECT_EQ(time.free(), 0ms);
  time.look(400ms, awake(200ms, 0ms), 0ms);
  EXPECT_EQ(time.free(), 0ms);
  time.look(550ms, awake(200ms, 0ms), 0ms);
  EXPECT_EQ(time.free(), 150ms);
}

TEST(OwnTimeTest, RunningAndWaitingForAProcessorAreToldApart) {
  const auto seen = activity_of({{{1, 1000ns, 200ns, 'S'}, {2, 30ns, 0ns, 'S'}}, true});
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->ran, 1030ns);
  EXPECT_EQ(seen->waited, 200ns);
  EXPECT_TRUE(seen->asleep);
}

TEST(OwnTimeTest, OneThreadThatDoesNotSleepIsEnough) {
  for (const char state : {'R', 'D', 'T', '?'}) {
    const auto seen = activity_of({{{1, 10ns, 0ns, 'S'}, {2, 10ns, 0ns, state}}, true});
    EXPECT_TRUE(seen && !seen->asleep) << state;
    EXPECT_EQ(seen->held_up, state != 'R') << state;
  }
}

TEST(OwnTimeTest, OfNoThreadOrNotAllNothingIsKnown) {
  EXPECT_FALSE(activity_of({{}, true}));
  EXPECT_FALSE(activity_of({{{1, 10ns, 0ns, 'S'}}, false}));
}

TEST(OwnTimeTest, AServerThatWaitsForClientsSleeps) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts());
  EXPECT_TRUE(io::test::until(run.loop, [&] {
    const auto seen = run.server->activity();
    return seen && seen->asleep && seen->ran > 0ns;
  }));
}

TEST(OwnTimeTest, AServerWithAThreadThatSpinsDoesNot) {
  ServerRun run(
      listening("import threading\n"
                "def spin():\n  while True: pass\n"
                "threading.Thread(target=spin).start()\nprint('spins', flush=True)\n"
                "time.sleep(1000)"));
  ASSERT_TRUE(run.starts());
  ASSERT_TRUE(run.prints("spins\n"));
  const auto seen = run.server->activity();
  ASSERT_TRUE(seen);
  EXPECT_FALSE(seen->asleep);
}

TEST(OwnTimeTest, AServerThatIsStoppedDoesNotSleepByItsOwnWill) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts());
  run.server->signal(SIGSTOP);
  EXPECT_TRUE(io::test::until(run.loop, [&] {
    const auto seen = run.server->activity();
    return seen && !seen->asleep;
  }));
  run.server->signal(SIGCONT);
}

}  // namespace
}  // namespace sockspec::supervise::test
