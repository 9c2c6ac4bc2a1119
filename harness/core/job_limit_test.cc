#include "core/job_limit.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

TEST(JobLimitTest, AnIdleMachineGetsOneMoreAtEachLook) {
  JobLimit limit(2, 4);
  EXPECT_EQ(limit.now(), 2U);
  limit.look(1.5, 2);
  EXPECT_EQ(limit.now(), 3U);
  limit.look(1.5, 3);
  limit.look(1.5, 4);
  EXPECT_EQ(limit.now(), 4U);
}

TEST(JobLimitTest, WhatIsNotUsedUpIsNotRaised) {
  JobLimit limit(2, 8);
  limit.look(2, 1);
  EXPECT_EQ(limit.now(), 2U);
}

TEST(JobLimitTest, ABusyMachineGetsOneFewerAtEachLookButNeverFewerThanTheLeast) {
  JobLimit limit(2, 8);
  for (std::size_t running = 2; running < 6; ++running) limit.look(1, running);
  ASSERT_EQ(limit.now(), 6U);
  limit.look(0, 6);
  EXPECT_EQ(limit.now(), 6U) << "which may have been by chance";
  limit.look(0, 6);
  EXPECT_EQ(limit.now(), 5U);
  limit.look(0, 6);  // the sixth has not ended yet
  EXPECT_EQ(limit.now(), 4U);
  for (int i = 0; i < 10; ++i) limit.look(0, 2);
  EXPECT_EQ(limit.now(), 2U);
}

TEST(JobLimitTest, AMachineThatIsBusyNowAndThenKeepsWhatItHas) {
  JobLimit limit(1, 8);
  limit.look(1, 1);
  for (int i = 0; i < 10; ++i) limit.look(i % 2 == 0 ? 0 : 0.1, 2);
  EXPECT_EQ(limit.now(), 2U);
}

TEST(JobLimitTest, AMachineWithLittleTimeLeftKeepsWhatItHas) {
  JobLimit limit(1, 8);
  limit.look(1, 1);
  limit.look(0.1, 2);
  EXPECT_EQ(limit.now(), 2U);
}

TEST(JobLimitTest, AFixedLimitStays) {
  JobLimit limit = JobLimit::fixed(3);
  EXPECT_FALSE(limit.can_change());
  limit.look(2, 3);
  limit.look(0, 3);
  EXPECT_EQ(limit.now(), 3U);
}

TEST(JobLimitTest, AtLeastOneRuns) { EXPECT_EQ(JobLimit(0, 0).now(), 1U); }

}  // namespace
}  // namespace sockspec
