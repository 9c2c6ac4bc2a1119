#include "supervise/pressure.h"

#include <gtest/gtest.h>

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

TEST(PressureTest, StealIsTheEighthFigureOfAllProcessors) {
  EXPECT_EQ(stolen_in("cpu  1 2 3 4 5 6 7 80 9 10\ncpu0 0 0 0 0 0 0 0 99 0 0\n", 100), 800ms);
}

TEST(PressureTest, AnOldKernelTellsOfNoSteal) {
  EXPECT_EQ(stolen_in("cpu  1 2 3 4\n", 100), 0ms);
  EXPECT_EQ(stolen_in("", 100), 0ms);
}

TEST(PressureTest, ThrottledTimeIsInMicrosecondsOrNanoseconds) {
  EXPECT_EQ(throttled_in("usage_usec 5\nnr_throttled 3\nthrottled_usec 2000\n"), 2ms);
  EXPECT_EQ(throttled_in("nr_periods 1\nnr_throttled 1\nthrottled_time 3000000\n"), 3ms);
  EXPECT_EQ(throttled_in("usage_usec 5\n"), 0ms);
}

TEST(PressureTest, ItNeverShrinks) {
  const Pressure before = pressure_now(), after = pressure_now();
  EXPECT_GE(after.stolen, before.stolen);
  EXPECT_GE(after.throttled, before.throttled);
}

}  // namespace
}  // namespace sockspec::supervise
