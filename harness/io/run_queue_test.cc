#include "io/run_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace sockspec::io {
namespace {

using namespace std::chrono_literals;

TEST(RunQueueTest, TheMeanIsOfWhatCameSince) {
  const RunQueue before{10ms, 100};
  EXPECT_EQ((RunQueue{40ms, 110}.mean_wait_since(before)), 3ms);
}

TEST(RunQueueTest, WhoNeverRanHasNotWaited) {
  const RunQueue before{10ms, 100};
  EXPECT_EQ(before.mean_wait_since(before), 0ms);
  EXPECT_EQ(RunQueue().mean_wait_since(before), 0ms);
}

TEST(RunQueueTest, AThreadThatSleptWasGivenAProcessorAgain) {
  const RunQueue before = RunQueue::of_this_thread();
  if (before.times == 0) GTEST_SKIP() << "this kernel does not tell";
  for (int i = 0; i < 10; ++i) std::this_thread::sleep_for(100us);
  EXPECT_GE(RunQueue::of_this_thread().times, before.times + 10);
}

TEST(RunQueueTest, ComputingTakesProcessorTimeAndSleepingDoesNot) {
  const Duration before = cpu_of_this_thread();
  volatile std::uint64_t sum = 0;
  while (cpu_of_this_thread() - before < 5ms) sum = sum + 1;
  EXPECT_GE(cpu_of_this_thread() - before, 5ms);
}

}  // namespace
}  // namespace sockspec::io
