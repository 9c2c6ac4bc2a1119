// The parts of a class become the class again, or it is said why not.
#include "core/grade/merge_classes.h"

#include <gtest/gtest.h>

namespace sockspec::grade {
namespace {

GradeReport part(std::size_t shard, const std::vector<std::string>& names) {
  GradeReport report;
  report.title = "lab";
  report.shard = shard;
  report.shards = 2;
  for (const std::string& name : names) {
    Submission submission;
    submission.name = name;
    report.submissions.push_back(submission);
  }
  return report;
}

TEST(MergeClassesTest, TheWholeHasAllSubmissionsByNameInWhateverOrderThePartsCome) {
  const Result<GradeReport> whole = merge_classes({part(1, {"b"}), part(0, {"c", "a"})});
  ASSERT_TRUE(whole) << whole.error().text;
  std::string names;
  for (const Submission& submission : whole->submissions) names += submission.name;
  EXPECT_EQ(names, "abc");
  EXPECT_EQ(whole->shards, 1U);
}

TEST(MergeClassesTest, TheWorstExitCodeAndTheWeakestIsolationStand) {
  GradeReport weak = part(1, {"b"});
  weak.exit_code = 4;
  weak.isolation = Isolation::None;
  const Result<GradeReport> whole = merge_classes({part(0, {"a"}), weak});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->exit_code, 4);
  EXPECT_EQ(whole->isolation, Isolation::None);
}

TEST(MergeClassesTest, WhatIsMissingOrThereTwiceIsNamed) {
  EXPECT_EQ(merge_classes({part(0, {"a"})}).error().text,
            "shard 2/2 is missing; name the reports of all");
  EXPECT_EQ(merge_classes({part(0, {"a"}), part(0, {"a"}), part(1, {"b"})}).error().text,
            "shard 1/2 is there twice; name each report once");
  EXPECT_EQ(merge_classes({part(0, {"a"}), part(1, {"a"})}).error().text,
            "the submission \"a\" is in two of the reports");
}

TEST(MergeClassesTest, PartsOfTwoRunsAreNoClass) {
  GradeReport other = part(1, {"b"});
  other.seed = 9;
  EXPECT_EQ(merge_classes({part(0, {"a"}), other}).error().text,
            "the reports are not parts of one run: their seeds differ");
}

}  // namespace
}  // namespace sockspec::grade
