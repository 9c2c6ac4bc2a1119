// What the submissions of a class have in common.
#include "core/grade/class_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace sockspec::grade {
namespace {

using testing::ElementsAre;

Submission graded(std::string name, Hundredths earned, std::vector<NamedFault> diagnosis = {}) {
  Submission submission;
  submission.name = std::move(name);
  submission.state = State::Graded;
  submission.points = {earned, 100'00, {}};
  submission.diagnosis = std::move(diagnosis);
  return submission;
}

Submission lost() {
  Submission submission;
  submission.state = State::Error;
  submission.points.most = 100'00;
  return submission;
}

TEST(ClassSummaryTest, TheMostCommonFaultsComeFirst) {
  const ClassSummary summary =
      summarize({graded("a", 0, {{"one-shot", 0.9}}), graded("b", 0, {{"drop-at-eof", 0.8}}),
                 graded("c", 0, {{"one-shot", 0.6}, {"adds-nul", 0.5}})});
  EXPECT_THAT(summary.common_faults,
              ElementsAre(CommonFault{"one-shot", 2}, CommonFault{"adds-nul", 1},
                          CommonFault{"drop-at-eof", 1}));
}

TEST(ClassSummaryTest, AGuessIsNoFaultOfTheClass) {
  EXPECT_TRUE(summarize({graded("a", 0, {{"one-shot", 0.49}})}).common_faults.empty());
}

TEST(ClassSummaryTest, AFaultCountsOnceInASubmission) {
  const auto summary = summarize({graded("a", 0, {{"one-shot", 0.9}, {"one-shot", 0.7}})});
  EXPECT_THAT(summary.common_faults, ElementsAre(CommonFault{"one-shot", 1}));
}

TEST(ClassSummaryTest, ScenariosThatManyFailAreNamedToo) {
  Submission one = graded("a", 0), two = graded("b", 0);
  one.failed = {"stream/basic", "close/half-close"};
  two.failed = {"close/half-close", "close/half-close"};
  EXPECT_THAT(summarize({one, two}).common_failures,
              ElementsAre(CommonFailure{"close/half-close", 2}, CommonFailure{"stream/basic", 1}));
}

TEST(ClassSummaryTest, EachTenthOfThePointsHasItsBucket) {
  const auto histogram = summarize({graded("a", 0), graded("b", 9'99), graded("c", 10'00),
                                    graded("d", 99'99), graded("e", 100'00), lost()})
                             .histogram;
  ASSERT_EQ(histogram.size(), 10U);
  EXPECT_EQ(histogram[0], (PointsBucket{0, 10, 2}));
  EXPECT_EQ(histogram[1], (PointsBucket{10, 20, 1}));
  EXPECT_EQ(histogram[9], (PointsBucket{90, 100, 2}));
}

TEST(ClassSummaryTest, MeanAndMedianAreOfThoseWithPoints) {
  const auto even = summarize(
      {graded("a", 10'00), graded("b", 20'00), graded("c", 60'00), graded("d", 90'00), lost()});
  EXPECT_EQ(even.mean, 45'00);
  EXPECT_EQ(even.median, 40'00);
  EXPECT_EQ(summarize({graded("a", 1), graded("b", 9), graded("c", 2)}).median, 2);
}

TEST(ClassSummaryTest, AClassWithoutPointsHasNoMean) {
  const ClassSummary summary = summarize({lost()});
  EXPECT_FALSE(summary.mean.has_value());
  EXPECT_FALSE(summary.median.has_value());
  EXPECT_EQ(summary.states.at(State::Error), 1U);
}

TEST(ClassSummaryTest, ResumedOnesAreCounted) {
  Submission old = graded("a", 0);
  old.resumed = true;
  EXPECT_EQ(summarize({old, graded("b", 0)}).resumed, 1U);
}

RC_GTEST_PROP(ClassSummaryTest, EverySubmissionWithPointsIsInOneBucket, ()) {
  const std::size_t count = *rc::gen::inRange<std::size_t>(0, 20);
  std::vector<Submission> submissions;
  for (std::size_t i = 0; i < count; ++i) {
    const Hundredths most = *rc::gen::inRange<Hundredths>(1, 200'00);
    submissions.push_back(graded("s", *rc::gen::inRange<Hundredths>(0, most + 1)));
    submissions.back().points.most = most;
  }
  const auto histogram = summarize(submissions).histogram;
  const std::size_t all = std::accumulate(
      histogram.begin(), histogram.end(), std::size_t{0},
      [](std::size_t sum, const PointsBucket& bucket) { return sum + bucket.submissions; });
  RC_ASSERT(all == count);
}

}  // namespace
}  // namespace sockspec::grade
