#include "core/shard.h"

#include <gtest/gtest.h>

#include <map>

namespace sockspec {
namespace {

using Variables = std::map<std::string, std::string>;

Result<Shard> parse(const std::string& text, const Variables& variables = {}) {
  return parse_shard(text, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  });
}

Variables array(const char* id, const char* least, const char* most, const char* count,
                const char* step = "1") {
  return {{"SLURM_ARRAY_TASK_ID", id},
          {"SLURM_ARRAY_TASK_MIN", least},
          {"SLURM_ARRAY_TASK_MAX", most},
          {"SLURM_ARRAY_TASK_COUNT", count},
          {"SLURM_ARRAY_TASK_STEP", step}};
}

void expect_shard(const Result<Shard>& shard, std::size_t place, std::size_t count) {
  ASSERT_TRUE(shard.ok()) << shard.error().text;
  EXPECT_EQ(shard->place, place);
  EXPECT_EQ(shard->count, count);
}

void expect_refused(const Result<Shard>& shard, const std::string& text) {
  ASSERT_FALSE(shard.ok());
  EXPECT_EQ(shard.error().kind, ErrorKind::Usage);
  EXPECT_EQ(shard.error().text, text);
}

TEST(Shard, ByHandItIsCountedFromOne) {
  expect_shard(parse("1/4"), 0, 4);
  expect_shard(parse("4/4"), 3, 4);
}

TEST(Shard, WhatIsNoPartIsRefused) {
  for (const char* const text : {"3/2", "0/2", "2", "1/", "a/b", "-1/2", "+1/2", "1/2/3", "", "/",
                                 "1/99999999999999999999", "auto/", "auto/0", "auto/x", "AUTO"})
    expect_refused(parse(text), "--shard \"" + std::string(text) +
                                    "\": write I/N with I from 1 to N, such as 2/4");
}

TEST(Shard, ATaskOfASlurmArrayKnowsItsPlace) {
  expect_shard(parse("auto", array("1", "1", "4", "4")), 0, 4);
  expect_shard(parse("auto", array("4", "1", "4", "4")), 3, 4);
  expect_shard(parse("auto", array("0", "0", "3", "4")), 0, 4);
  expect_shard(parse("auto", array("15", "5", "20", "4", "5")), 2, 4);
  expect_shard(parse("auto/4", array("2", "1", "4", "4")), 1, 4);
}

TEST(Shard, AnArrayWithGapsSaysNothing) {
  const std::string text =
      "--shard \"auto\": the indexes of this Slurm array are not evenly spaced, so they do not say "
      "which part is whose; write sbatch --array=1-4, or I/N";
  expect_refused(parse("auto", array("3", "1", "7", "3")), text);
  expect_refused(parse("auto", {{"SLURM_ARRAY_TASK_ID", "3"}}), text);
}

TEST(Shard, AnArrayOfAnotherSizeIsRefused) {
  expect_refused(parse("auto/5", array("2", "1", "4", "4")),
                 "--shard \"auto/5\": the Slurm array has 4 tasks; write auto");
}

TEST(Shard, APodOfAnIndexedJobKnowsItsPlaceButNotTheNumber) {
  expect_shard(parse("auto/4", {{"JOB_COMPLETION_INDEX", "0"}}), 0, 4);
  expect_shard(parse("auto/4", {{"JOB_COMPLETION_INDEX", "3"}}), 3, 4);
  expect_refused(parse("auto", {{"JOB_COMPLETION_INDEX", "3"}}),
                 "--shard \"auto\": an Indexed Job does not tell its pods how many they are; write "
                 "its completions, too, such as auto/4");
  expect_refused(parse("auto/4", {{"JOB_COMPLETION_INDEX", "4"}}),
                 "--shard \"auto/4\": JOB_COMPLETION_INDEX is 4, and of 4 the last is 3; write the "
                 "completions of the Job");
}

TEST(Shard, WithoutASchedulerNothingIsGuessed) {
  expect_refused(
      parse("auto"),
      "--shard \"auto\": neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set, so "
      "nothing says which part this is; write I/N, such as 2/4");
}

}  // namespace
}  // namespace sockspec
