// Points: what counts, what does not, and what always holds.
#include "core/grade/points.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace sockspec::grade {
namespace {

using Outcomes = std::vector<ScenarioOutcome>;

ScenarioOutcome must(Outcome outcome, std::string scenario = "stream/basic") {
  return {std::move(scenario), Level::Must, outcome};
}
ScenarioOutcome should(Outcome outcome, std::string scenario = "close/no-leak") {
  return {std::move(scenario), Level::Should, outcome};
}

Points graded(const Outcomes& outcomes, const PointsPlan& plan = {}) {
  return points_of(plan, State::Graded, outcomes);
}

std::vector<std::string> notes(const Points& points) {
  std::vector<std::string> ids;
  for (const Message& note : points.notes) ids.push_back(note.id);
  return ids;
}

TEST(PointsTest, WhatHoldsInFullEarnsEverything) {
  const Points points = graded({must(Outcome::Pass), should(Outcome::Pass)});
  EXPECT_EQ(points.earned, 100'00);
  EXPECT_EQ(points.most, 100'00);
  EXPECT_TRUE(points.notes.empty());
}

TEST(PointsTest, EachPartIsEarnedByItsShare) {
  EXPECT_EQ(graded({must(Outcome::Pass), must(Outcome::Fail), should(Outcome::Pass)}).earned,
            60'00);
  EXPECT_EQ(graded({must(Outcome::Pass), should(Outcome::Warn), should(Outcome::Pass)}).earned,
            90'00);
}

TEST(PointsTest, AMustWhoseAdviceAloneWasNotFollowedHolds) {
  EXPECT_EQ(graded({must(Outcome::Warn), should(Outcome::Fail)}).earned, 80'00);
}

TEST(PointsTest, WhatIsInconclusiveGivesThePointsAndSaysSo) {
  const Points points = graded({must(Outcome::Inconclusive), must(Outcome::Pass)});
  EXPECT_EQ(points.earned, 100'00);
  ASSERT_EQ(points.notes.size(), 1U);
  EXPECT_EQ(points.notes[0], (Message{"grade.inconclusive", {{"count", "1"}}}));
}

TEST(PointsTest, WhatDidNotRunEarnsNothingAndIsSaid) {
  const Points points = graded({must(Outcome::Pass), must(Outcome::NotRun)});
  EXPECT_EQ(points.earned, 50'00);
  EXPECT_EQ(notes(points), std::vector<std::string>{"grade.not-run"});
}

TEST(PointsTest, WhatWasSkippedAndWhatIsAMayDoNotCount) {
  const ScenarioOutcome may{"x/y", Level::May, Outcome::Fail};
  EXPECT_EQ(
      graded({must(Outcome::Pass), must(Outcome::Skipped), should(Outcome::Pass), may}).earned,
      100'00);
}

TEST(PointsTest, AWeightCountsTheFirstThatMatches) {
  PointsPlan plan;
  plan.should = 0;
  plan.must = 100'00;
  plan.weights = {{"stream/byte-split", 3 * kOne}, {"stream/*", 0}, {"close/*", kOne / 2}};
  const Outcomes outcomes{must(Outcome::Pass, "stream/byte-split"),
                          must(Outcome::Fail, "stream/basic"),
                          must(Outcome::Fail, "close/half-close"), must(Outcome::Pass, "flow/x")};
  EXPECT_EQ(graded(outcomes, plan).earned, 88'88);  // 4 of 4.5
}

TEST(PointsTest, WhereAPartHasNoScenariosTheOtherEarnsForBoth) {
  EXPECT_EQ(graded({must(Outcome::Pass), must(Outcome::Fail)}).earned, 50'00);
  EXPECT_EQ(graded({should(Outcome::Pass)}).earned, 100'00);
}

TEST(PointsTest, WhereNothingCountsNothingIsEarnedAndItIsSaid) {
  const Points points = graded({must(Outcome::Skipped)});
  EXPECT_EQ(points.earned, 0);
  EXPECT_EQ(notes(points), std::vector<std::string>{"grade.nothing-counted"});
}

TEST(PointsTest, AnythingMissingIsLessThanEverything) {
  Outcomes outcomes(30'000, must(Outcome::Pass));
  outcomes.push_back(must(Outcome::Fail));
  EXPECT_EQ(graded(outcomes).earned, 99'99);
}

TEST(PointsTest, WhatDidNotBuildOrStartEarnsNothing) {
  const Outcomes outcomes{must(Outcome::Pass)};
  EXPECT_EQ(points_of({}, State::BuildFailed, outcomes).earned, 0);
  EXPECT_EQ(notes(points_of({}, State::BuildFailed, {})),
            std::vector<std::string>{"grade.build-failed"});
  EXPECT_EQ(points_of({}, State::DidNotStart, outcomes).earned, 0);
  EXPECT_EQ(notes(points_of({}, State::DidNotStart, {})),
            std::vector<std::string>{"grade.did-not-start"});
}

TEST(PointsTest, WhatWasStoppedAtALimitKeepsWhatItHadEarned) {
  const Points points =
      points_of({}, State::OverLimit, {must(Outcome::Pass), must(Outcome::NotRun)});
  EXPECT_EQ(points.earned, 50'00);
  EXPECT_EQ(notes(points), (std::vector<std::string>{"grade.over-limit", "grade.not-run"}));
}

TEST(PointsTest, WhereTheGraderFailedThereAreNoPointsToShow) {
  const Points points = points_of({}, State::Error, {must(Outcome::Fail)});
  EXPECT_FALSE(points.earned.has_value());
  EXPECT_EQ(points.most, 100'00);
  EXPECT_EQ(notes(points), std::vector<std::string>{"grade.error"});
}

TEST(PointsTest, EachDayCostsItsPercentUpToTheMost) {
  const LatePlan plan{10, 50, {{"kim", 2}, {"lee", 9}, {"park", 0}}};
  const Points full{80'05, 100'00, {}};
  EXPECT_EQ(after_lateness(full, plan, "kim").earned, 64'04);
  EXPECT_EQ(after_lateness(full, plan, "kim").notes[0],
            (Message{"grade.late", {{"days", "2"}, {"percent", "20"}}}));
  EXPECT_EQ(after_lateness(full, plan, "lee").earned, 40'02);
  EXPECT_EQ(after_lateness(full, plan, "park").earned, 80'05);
  EXPECT_EQ(after_lateness(full, plan, "choi").earned, 80'05);
  EXPECT_FALSE(after_lateness({std::nullopt, 100'00, {}}, plan, "kim").earned.has_value());
}

TEST(PointsTest, PointsAreWrittenWithoutUselessZeros) {
  EXPECT_EQ(points_text(80'00), "80");
  EXPECT_EQ(points_text(7'50), "7.5");
  EXPECT_EQ(points_text(25), "0.25");
  EXPECT_EQ(points_text(5), "0.05");
  EXPECT_EQ(points_text(0), "0");
}

// Any class, any results.

PointsPlan any_plan() {
  const auto amount = rc::gen::inRange<Hundredths>(0, 200'00);
  PointsPlan plan{*amount, *amount, {}};
  const auto pattern = rc::gen::element<std::string>("a/x", "a/*", "b/*", "**", "c/z");
  const std::size_t count = *rc::gen::inRange<std::size_t>(0, 4);
  for (std::size_t i = 0; i < count; ++i)
    plan.weights.emplace_back(*pattern, *rc::gen::inRange<Thousandths>(0, 5000));
  return plan;
}

Outcomes any_outcomes() {
  const std::size_t count = *rc::gen::inRange<std::size_t>(0, 12);
  Outcomes outcomes;
  for (std::size_t i = 0; i < count; ++i) {
    outcomes.push_back(
        {*rc::gen::element<std::string>("a/x", "a/y", "b/x", "c/z", "d/d"),
         *rc::gen::element(Level::Must, Level::Should, Level::May),
         *rc::gen::element(Outcome::Pass, Outcome::Fail, Outcome::Warn, Outcome::Inconclusive,
                           Outcome::Skipped, Outcome::NotRun)});
  }
  return outcomes;
}

RC_GTEST_PROP(PointsTest, NeverBelowZeroNorAboveTheMost, ()) {
  const PointsPlan plan = any_plan();
  const State state = *rc::gen::element(State::Graded, State::OverLimit, State::BuildFailed);
  const Points points = points_of(plan, state, any_outcomes());
  RC_ASSERT(points.earned.value() >= 0);
  RC_ASSERT(points.earned.value() <= points.most);
}

RC_GTEST_PROP(PointsTest, OneMorePassNeverCosts, ()) {
  const PointsPlan plan = any_plan();
  Outcomes outcomes = any_outcomes();
  RC_PRE(!outcomes.empty());
  const auto before = graded(outcomes, plan).earned.value();
  ScenarioOutcome& one = outcomes[*rc::gen::inRange<std::size_t>(0, outcomes.size())];
  RC_PRE(one.outcome != Outcome::Skipped);  // that one began to count
  one.outcome = Outcome::Pass;
  RC_ASSERT(graded(outcomes, plan).earned.value() >= before);
}

RC_GTEST_PROP(PointsTest, TheOrderOfTheScenariosDoesNotMatter, ()) {
  const PointsPlan plan = any_plan();
  const Outcomes outcomes = any_outcomes();
  Outcomes shuffled = outcomes;
  for (std::size_t i = 1; i < shuffled.size(); ++i)
    std::swap(shuffled[i], shuffled[*rc::gen::inRange<std::size_t>(0, i + 1)]);
  RC_ASSERT(graded(outcomes, plan).earned == graded(shuffled, plan).earned);
  RC_ASSERT(graded(outcomes, plan).notes == graded(shuffled, plan).notes);
}

RC_GTEST_PROP(PointsTest, OnlyWhatHoldsInFullEarnsTheMost, ()) {
  PointsPlan plan = any_plan();
  Outcomes outcomes = any_outcomes();
  outcomes.push_back(must(Outcome::Fail, "e/e"));
  plan.weights.clear();
  plan.must += 1;
  RC_ASSERT(graded(outcomes, plan).earned.value() < plan.must + plan.should);
}

RC_GTEST_PROP(PointsTest, LatenessNeverAddsAndNeverGoesBelowZero, ()) {
  const auto percent = rc::gen::inRange(0, 101);
  const LatePlan plan{*percent, *percent, {{"kim", *rc::gen::inRange(0, 3651)}}};
  const Hundredths earned = *rc::gen::inRange<Hundredths>(0, 20000'00);
  const auto after = after_lateness({earned, 20000'00, {}}, plan, "kim").earned.value();
  RC_ASSERT(after >= 0);
  RC_ASSERT(after <= earned);
}

}  // namespace
}  // namespace sockspec::grade
