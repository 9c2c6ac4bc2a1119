// Whether a server slept by its own will.
#include "supervise/rest.h"

#include <gtest/gtest.h>

#include "io/test_world.h"
#include "supervise/run_for_test.h"

namespace sockspec::supervise::test {
namespace {

using namespace std::chrono_literals;

Activity asleep(Duration active) { return {active, true}; }

TEST(RestTest, ItRestsSinceItWasFirstSeenAsleep) {
  Rest rest;
  EXPECT_EQ(rest.rested(), 0ms);
  rest.look(100ms, asleep(7ms));
  EXPECT_EQ(rest.rested(), 0ms);
  rest.look(250ms, asleep(7ms));
  rest.look(400ms, asleep(7ms));
  EXPECT_EQ(rest.rested(), 300ms);
}

TEST(RestTest, WhatRanBetweenTwoLooksHadNotRestedBefore) {
  Rest rest;
  rest.look(100ms, asleep(7ms));
  rest.look(250ms, asleep(27ms));
  rest.look(400ms, asleep(27ms));
  EXPECT_EQ(rest.rested(), 150ms);
}

TEST(RestTest, AClockThatTicksInItsSleepWakesNobody) {
  Rest rest;
  rest.look(100ms, asleep(7ms));
  rest.look(350ms, asleep(9ms));
  rest.look(600ms, asleep(12ms));
  EXPECT_EQ(rest.rested(), 500ms);
}

TEST(RestTest, WhoeverWasSeenAwakeBeginsAnew) {
  Rest rest;
  rest.look(100ms, asleep(7ms));
  rest.look(250ms, Activity{7ms, false});
  EXPECT_EQ(rest.rested(), 0ms);
  rest.look(400ms, asleep(7ms));
  EXPECT_EQ(rest.rested(), 0ms);
}

TEST(RestTest, WhatCouldNotBeSeenMayHaveBeenAwake) {
  Rest rest;
  rest.look(100ms, asleep(7ms));
  rest.look(250ms, std::nullopt);
  rest.look(400ms, asleep(7ms));
  EXPECT_EQ(rest.rested(), 0ms);
}

TEST(RestTest, WhoeverCouldNotLookForLongKnowsNothingOfThatTime) {
  Rest rest;
  rest.look(100ms, asleep(7ms));
  rest.look(600ms, asleep(7ms));
  EXPECT_EQ(rest.rested(), 0ms);
  rest.look(750ms, asleep(7ms));
  EXPECT_EQ(rest.rested(), 150ms);
}

TEST(RestTest, AThreadThatEndedMayHaveDoneSomethingLast) {
  Rest rest;
  rest.look(100ms, asleep(7ms));
  rest.look(250ms, asleep(3ms));
  EXPECT_EQ(rest.rested(), 0ms);
}

TEST(RestTest, RunningAndWaitingForAProcessorAreBothActivity) {
  const auto seen = activity_of({{{1, 1000ns, 200ns, 'S'}, {2, 30ns, 0ns, 'S'}}, true});
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->active, 1230ns);
  EXPECT_TRUE(seen->asleep);
}

TEST(RestTest, OneThreadThatDoesNotSleepIsEnough) {
  for (const char state : {'R', 'D', 'T', '?'}) {
    const auto seen = activity_of({{{1, 10ns, 0ns, 'S'}, {2, 10ns, 0ns, state}}, true});
    EXPECT_TRUE(seen && !seen->asleep) << state;
  }
}

TEST(RestTest, OfNoThreadOrNotAllNothingIsKnown) {
  EXPECT_FALSE(activity_of({{}, true}));
  EXPECT_FALSE(activity_of({{{1, 10ns, 0ns, 'S'}}, false}));
}

TEST(RestTest, AServerThatWaitsForClientsSleeps) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts());
  EXPECT_TRUE(io::test::until(run.loop, [&] {
    const auto seen = run.server->activity();
    return seen && seen->asleep && seen->active > 0ns;
  }));
}

TEST(RestTest, AServerWithAThreadThatSpinsDoesNot) {
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

TEST(RestTest, AServerThatIsStoppedDoesNotSleepByItsOwnWill) {
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
