#include "supervise/idle_time.h"

#include <gtest/gtest.h>

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr const char* kStat =
    "cpu  90 0 90 900 90 0 0 0 0 0\n"
    "cpu0 30 0 30 300 20 0 0 0 0 0\n"
    "cpu1 30 0 30 400 30 0 0 0 0 0\n"
    "cpu10 30 0 30 200 40 0 0 0 0 0\n"
    "intr 1 2 3\n";

TEST(IdleTimeTest, ItIsThatOfTheProcessorsThatAreAsked) {
  EXPECT_EQ(idle_in(kStat, {0}, 100), 3000ms);
  EXPECT_EQ(idle_in(kStat, {0, 1}, 100), 7000ms);
  EXPECT_EQ(idle_in(kStat, {1}, 100), 4000ms);
}

TEST(IdleTimeTest, WithoutFiguresItIsZero) {
  EXPECT_EQ(idle_in("", {0}, 100), 0ms);
  EXPECT_EQ(idle_in("cpu0 1 2\n", {0}, 100), 0ms);
  EXPECT_EQ(idle_in(kStat, {}, 100), 0ms);
  EXPECT_EQ(idle_in(kStat, {0}, 0), 0ms);
}

TEST(IdleTimeTest, ItNeverShrinks) {
  const Duration before = idle_time();
  EXPECT_GT(before, 0ms);
  EXPECT_GE(idle_time(), before);
}

}  // namespace
}  // namespace sockspec::supervise
