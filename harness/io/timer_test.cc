#include "io/timer.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace sockspec::io {
namespace {

using namespace std::chrono_literals;

TEST(TimerTest, ATimerFiresOnce) {
  Loop loop;
  int fired = 0;
  Timer timer(loop, [&] { ++fired; });
  timer.start(1ms);
  loop.run();
  EXPECT_EQ(fired, 1);
}

TEST(TimerTest, ATimerThatWasNotStartedNeverFires) {
  Loop loop;
  int fired = 0;
  const Timer timer(loop, [&] { ++fired; });
  loop.run();
  EXPECT_EQ(fired, 0);
}

TEST(TimerTest, AStoppedTimerDoesNotFire) {
  Loop loop;
  int fired = 0;
  Timer timer(loop, [&] { ++fired; });
  timer.start(1ms);
  timer.stop();
  loop.run();
  EXPECT_EQ(fired, 0);
}

TEST(TimerTest, RestartingForgetsTheEarlierTime) {
  Loop loop;
  std::vector<char> order;
  Timer a(loop, [&] { order.push_back('a'); });
  Timer b(loop, [&] { order.push_back('b'); });
  a.start(1ms);
  b.start(5ms);
  a.start(20ms);
  loop.run();
  EXPECT_EQ(order, (std::vector<char>{'b', 'a'}));
}

TEST(TimerTest, NegativeAndZeroWaitsFireOnTheNextTurn) {
  Loop loop;
  int fired = 0;
  Timer a(loop, [&] { ++fired; });
  Timer b(loop, [&] { ++fired; });
  a.start(-5s);
  b.start(0ms);
  uv_run(loop.get(), UV_RUN_NOWAIT);
  EXPECT_EQ(fired, 2);
}

TEST(TimerTest, ATimerMayBeRestartedFromItsCallback) {
  Loop loop;
  int fired = 0;
  std::unique_ptr<Timer> timer;
  timer = std::make_unique<Timer>(loop, [&] {
    if (++fired < 3) timer->start(0ms);
  });
  timer->start(0ms);
  loop.run();
  EXPECT_EQ(fired, 3);
}

TEST(TimerTest, ATimerMayBeDestroyedInItsCallback) {
  Loop loop;
  std::unique_ptr<Timer> timer;
  const auto witness = std::make_shared<int>(0);
  timer = std::make_unique<Timer>(loop, [&timer, witness] {
    timer.reset();
    ++*witness;  // the callback itself is still there
  });
  timer->start(0ms);
  loop.run();
  EXPECT_EQ(*witness, 1);
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(TimerTest, DestroyingCancels) {
  Loop loop;
  int fired = 0;
  auto timer = std::make_unique<Timer>(loop, [&] { ++fired; });
  timer->start(1ms);
  timer.reset();
  loop.run();
  EXPECT_EQ(fired, 0);
}

// The loops are made here, because libuv closes descriptors behind ThreadSanitizer's back: the same
// number in another thread would look like a race.
TEST(TimerTest, LoopsOfDifferentThreadsShareNothing) {
  std::vector<Loop> loops(4);
  std::vector<int> fired(loops.size(), 0);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < loops.size(); ++i) {
    threads.emplace_back([&loop = loops[i], &count = fired[i]] {
      Timer timer(loop, [&count] { ++count; });
      timer.start(1ms);
      loop.run();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fired, (std::vector<int>{1, 1, 1, 1}));
}

}  // namespace
}  // namespace sockspec::io
