#include "core/load/stages.h"

#include <gtest/gtest.h>

#include <vector>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

const Arrivals kSlow{Law::Constant, {10}, 200ms};  // due at 0 and 100 ms
const Arrivals kFast{Law::Constant, {1000}, 3ms};  // at 0, 1 and 2 ms
const Arrivals kRandom{Law::Poisson, {5000}, 100ms};

std::vector<Duration> all_of(Stages stages) {
  std::vector<Duration> due;
  while (const auto next = stages.next()) due.push_back(*next);
  EXPECT_EQ(stages.next(), std::nullopt);
  return due;
}

std::vector<Duration> all_of(Schedule schedule) {
  std::vector<Duration> due;
  while (const auto next = schedule.next()) due.push_back(*next);
  return due;
}

TEST(StagesTest, OneFollowsTheOtherWithoutAGap) {
  const std::vector<Arrivals> stages{kSlow, kFast, kSlow};
  EXPECT_EQ(length_of(stages), 403ms);
  EXPECT_EQ(all_of(Stages(stages, 1)),
            (std::vector<Duration>{0ms, 100ms, 200ms, 201ms, 202ms, 203ms, 303ms}));
}

TEST(StagesTest, NoStageIsNoRequest) {
  EXPECT_EQ(length_of({}), 0ms);
  EXPECT_EQ(all_of(Stages({}, 1)), std::vector<Duration>());
}

TEST(StagesTest, OneStageAloneIsItsSchedule) {
  EXPECT_EQ(all_of(Stages(std::vector{kRandom}, 7)), all_of(Schedule(kRandom, 7)));
}

TEST(StagesTest, TheSameLawTwiceIsNotTheSameRandomTwice) {
  const std::vector<Duration> due = all_of(Stages(std::vector{kRandom, kRandom}, 7));
  std::vector<Duration> first;
  std::vector<Duration> second;
  for (const Duration time : due) (time < 100ms ? first : second).push_back(time);
  for (Duration& time : second) time -= 100ms;
  EXPECT_NE(first, second);
}

TEST(StagesTest, AWarmUpComesBeforeZeroAndChangesNothingAfterIt) {
  std::vector<Duration> due = all_of(Stages(std::vector{kSlow, kRandom}, 7, {}, -200ms));
  ASSERT_GT(due.size(), 2U);
  EXPECT_EQ(due[0], -200ms);
  EXPECT_EQ(due[1], -100ms);
  due.erase(due.begin(), due.begin() + 2);
  EXPECT_EQ(due, all_of(Schedule(kRandom, 7)));
}

TEST(StagesTest, TheStripesTogetherAreTheWhole) {
  const std::vector<Arrivals> stages{kSlow, kFast};
  std::vector<Duration> both = all_of(Stages(stages, 1, {0, 2}));
  const std::vector<Duration> other = all_of(Stages(stages, 1, {1, 2}));
  both.insert(both.end(), other.begin(), other.end());
  std::sort(both.begin(), both.end());
  EXPECT_EQ(both, all_of(Stages(stages, 1)));
}

}  // namespace
}  // namespace sockspec::load
