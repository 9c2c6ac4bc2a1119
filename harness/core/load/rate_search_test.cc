#include "core/load/rate_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.h"

namespace sockspec::load {
namespace {

using Kind = Capacity::Kind;
using Server = std::function<TrialOutcome(double rate)>;
using testing::ElementsAre;

// Outcomes in the order of the trials: H holds, F fails, G the generator was the limit.
RateSearch after(std::string_view outcomes, const RateSearchLimits& limits = {}) {
  RateSearch search(limits);
  for (const char c : outcomes) {
    search.add(c == 'H'   ? TrialOutcome::Holds
               : c == 'F' ? TrialOutcome::Fails
                          : TrialOutcome::GeneratorLimited);
  }
  return search;
}

RateSearch searched(const Server& server, const RateSearchLimits& limits = {}) {
  RateSearch search(limits);
  while (const auto rate = search.next()) search.add(server(*rate));
  return search;
}

Server holds_up_to(double edge) {
  return [=](double rate) { return rate <= edge ? TrialOutcome::Holds : TrialOutcome::Fails; };
}

std::vector<double> rates(const RateSearch& search) {
  std::vector<double> all;
  for (const Trial& trial : search.trials()) all.push_back(trial.rate);
  return all;
}

// "found 1470..1540", "unclear 0.."
std::string shown(const Capacity& capacity) {
  constexpr const char* kKinds[] = {"found", "below", "above", "generator", "unclear"};
  std::string text = kKinds[static_cast<std::size_t>(capacity.kind)];
  text += " " + std::to_string(std::lround(capacity.low)) + "..";
  return capacity.high ? text + std::to_string(std::lround(*capacity.high)) : text;
}

TEST(RateSearchTest, ARateThatHoldsIsTriedTwiceAsHigh) {
  EXPECT_EQ(after("").next(), 1000);
  EXPECT_EQ(after("H").next(), 2000);
  EXPECT_EQ(after("HH").next(), 4000);
}

TEST(RateSearchTest, ARateThatFailsIsTriedHalfAsHigh) {
  EXPECT_EQ(after("F").next(), 500);
  EXPECT_EQ(after("FF").next(), 250);
}

TEST(RateSearchTest, BetweenTwoRatesTheirGeometricMeanIsTried) {
  EXPECT_EQ(after("HF").next(), 1410);
}

TEST(RateSearchTest, AFailureIsTriedAgainWhenALowerRateHasHeld) {
  EXPECT_EQ(after("HFH").next(), 2000);
  EXPECT_EQ(after("FH").next(), 1000);
}

TEST(RateSearchTest, AFailureFurtherDownSparesTheRepeat) { EXPECT_EQ(after("HFF").next(), 1190); }

TEST(RateSearchTest, OneHiccupOnTheWayUpDoesNotEndIt) {
  EXPECT_EQ(after("HFHH").next(), 2000);
  EXPECT_EQ(after("HFHHH").next(), 4000);
}

TEST(RateSearchTest, TwoFailuresOfThreeDecide) {
  EXPECT_EQ(after("HFHF").next(), 1680);
  EXPECT_EQ(after("HFHHF").next(), 1680);
}

TEST(RateSearchTest, ASharpEdgeIsClosedInOnAndConfirmed) {
  const RateSearch search = searched(holds_up_to(1500));
  EXPECT_THAT(rates(search),
              ElementsAre(1000, 2000, 1410, 2000, 1680, 1540, 1470, 1540, 1470, 1470));
  EXPECT_EQ(shown(search.result()), "found 1470..1540");
}

TEST(RateSearchTest, OneMissAtTheLowEndIsNoise) {
  EXPECT_EQ(shown(after("HFHFFFHFFH").result()), "found 1470..1540");
}

TEST(RateSearchTest, TwoMissesAtTheLowEndMakeItTheHighEnd) {
  const RateSearch down = after("HFHFFFHFFF");
  EXPECT_EQ(down.next(), 1410);
  EXPECT_EQ(shown(down.result()), "unclear 0..1470");
  EXPECT_EQ(shown(after("HFHFFFHFFFHH").result()), "found 1410..1470");
}

TEST(RateSearchTest, HalfOfAnEvenCountIsNoMajority) {
  EXPECT_EQ(after("HF", {.most = 1000, .confirmations = 2}).next(), 500);
}

TEST(RateSearchTest, AServerMayFailEvenAtTheLowestRate) {
  const RateSearch search = searched(holds_up_to(100), {.least = 200});
  EXPECT_THAT(rates(search), ElementsAre(1000, 500, 250, 200, 200));
  EXPECT_EQ(shown(search.result()), "below 0..200");
}

TEST(RateSearchTest, AServerMayHoldAtTheHighestRate) {
  const RateSearch search = searched(holds_up_to(1e6), {.most = 3000});
  EXPECT_THAT(rates(search), ElementsAre(1000, 2000, 3000, 3000, 3000));
  EXPECT_EQ(shown(search.result()), "above 3000..");
}

TEST(RateSearchTest, WhereTheGeneratorWasTheLimitTheServerHasNot) {
  EXPECT_EQ(shown(after("HGHGGGHGHH").result()), "generator 1470..");
  EXPECT_EQ(shown(after("GGG", {.least = 500}).result()), "generator 0..");
}

TEST(RateSearchTest, InDoubtTheGeneratorWasTheLimit) {
  EXPECT_EQ(shown(after("HGHGGFHGHH").result()), "generator 1470..");
}

TEST(RateSearchTest, AFailureAboveTheGeneratorsLimitIsStillABound) {
  EXPECT_EQ(shown(after("HFHFGGHGHH").result()), "generator 1470..2000");
}

TEST(RateSearchTest, TheLastTrialsConfirmWhatHolds) {
  const RateSearch search = searched(holds_up_to(1500), {.most_trials = 6});
  EXPECT_THAT(rates(search), ElementsAre(1000, 2000, 1410, 2000, 1410, 1410));
  EXPECT_EQ(shown(search.result()), "unclear 1410..2000");
}

TEST(RateSearchTest, ASearchThatIsNotOverIsUnclear) {
  EXPECT_EQ(shown(after("").result()), "unclear 0..");
  EXPECT_EQ(shown(after("HF").result()), "unclear 0..");
}

TEST(RateSearchTest, TheFirstTrialIsWithinTheLimits) {
  EXPECT_EQ(after("", {.first = 5000, .most = 300}).next(), 300);
  EXPECT_EQ(after("", {.first = 5, .least = 300}).next(), 300);
}

TEST(RateSearchTest, RatesBelowOneKeepThreeDigits) {
  EXPECT_EQ(after("F", {.first = 0.0333, .least = 0.001}).next(), 0.0167);
}

TEST(RateSearchTest, AFinePrecisionTakesMoreDigitsButNoMoreThanItNeeds) {
  const RateSearch search = searched(holds_up_to(1500.5), {.precision = 0.0001, .most_trials = 60});
  const Capacity capacity = search.result();
  EXPECT_EQ(capacity.kind, Kind::Found);
  EXPECT_NEAR(capacity.low, 1500.5, 0.15);
  EXPECT_NEAR(capacity.high.value(), 1500.5, 0.15);
  for (const double rate : rates(search)) EXPECT_EQ(rate, std::round(rate * 10) / 10);
}

TEST(RateSearchTest, ATrialKeepsItsFigure) {
  RateSearch search({});
  search.add(TrialOutcome::Holds, 4.2e6);
  EXPECT_EQ(search.trials().back().rate, 1000);
  EXPECT_EQ(search.trials().back().figure, 4.2e6);
}

RateSearchLimits any_limits() {
  RateSearchLimits limits;
  limits.least = *rc::gen::inRange(1, 5000) / 1000.0;
  limits.most = limits.least * *rc::gen::inRange(1, 1'000'000);
  limits.first = *rc::gen::inRange(1, 100'000);
  limits.precision = *rc::gen::inRange(1, 100) / 200.0;
  limits.confirmations = *rc::gen::inRange(1U, 6U);
  limits.most_trials = *rc::gen::inRange(limits.confirmations, 50U);
  return limits;
}

unsigned count(const RateSearch& search, double rate) {
  const auto all = rates(search);
  return static_cast<unsigned>(std::count(all.begin(), all.end(), rate));
}

RC_GTEST_PROP(RateSearchTest, WhateverComesTheLimitsAreKept, (std::uint64_t seed)) {
  const RateSearchLimits limits = any_limits();
  Random random(seed);
  const auto any = [&](double) { return static_cast<TrialOutcome>(random.below(3)); };
  const RateSearch search = searched(any, limits);
  RC_ASSERT(search.trials().size() <= limits.most_trials);
  for (const double rate : rates(search)) {
    RC_ASSERT(limits.least <= rate && rate <= limits.most);
    RC_ASSERT(count(search, rate) <= limits.confirmations);
  }
  const Capacity capacity = search.result();
  RC_ASSERT(!capacity.high || capacity.low < *capacity.high);
  RC_ASSERT(capacity.low == 0 || count(search, capacity.low) == limits.confirmations);
}

// The edges of a server and of the generator, anywhere in and around the limits.
RC_GTEST_PROP(RateSearchTest, SharpEdgesAreAlwaysBracketed, ()) {
  RateSearchLimits limits = any_limits();
  limits.most_trials = 80;
  const double edge = limits.least * std::pow(1.1, *rc::gen::inRange(-10, 160));
  const double generator = limits.least * std::pow(1.1, *rc::gen::inRange(-10, 160));
  const RateSearch search = searched(
      [&](double rate) {
        return rate > generator ? TrialOutcome::GeneratorLimited : holds_up_to(edge)(rate);
      },
      limits);
  const Capacity capacity = search.result();
  const double holds = std::min(edge, generator);
  RC_ASSERT(capacity.low <= holds);
  RC_ASSERT(!capacity.high || *capacity.high > edge);
  const double next = capacity.low * (1 + limits.precision);
  switch (capacity.kind) {
    case Kind::Found: RC_ASSERT(capacity.high.value() <= next); break;
    case Kind::BelowLeast: RC_ASSERT(edge < limits.least); break;
    case Kind::AboveMost: RC_ASSERT(holds >= limits.most); break;
    case Kind::GeneratorLimited:
      RC_ASSERT(holds < std::max(next, limits.least));
      RC_ASSERT(generator < std::max(next, limits.least));
      break;
    case Kind::Unclear: RC_FAIL("the trials suffice");
  }
}

struct Noise {
  double spread = 0;   // of the edge: from 73 % to 27 % of the trials hold within this, each way
  double hiccups = 0;  // the share of the trials that fail at any rate
};

// Of a thousand searches, those whose answer reaches to where 5 % to 95 % of the trials hold.
int right_of_a_thousand(const Noise& noise) {
  int right = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    const auto chance = [&] { return static_cast<double>(random.below(1U << 30U)) * 0x1p-30; };
    const double edge = 100 * std::pow(1000, chance());
    const auto noisy = [&](double rate) {
      const double odds = std::pow(edge / rate, 1 / noise.spread);
      const bool holds = chance() * (1 + odds) < odds && chance() >= noise.hiccups;
      return holds ? TrialOutcome::Holds : TrialOutcome::Fails;
    };
    const Capacity capacity = searched(noisy).result();
    const double region = std::pow(19, noise.spread);
    right += capacity.kind == Kind::Found && capacity.low <= edge * region &&
             *capacity.high >= edge / region;
  }
  return right;
}

TEST(RateSearchTest, ANoisyEdgeIsNearlyAlwaysFound) {
  EXPECT_GE(right_of_a_thousand({.spread = 0.01}), 998);
  EXPECT_GE(right_of_a_thousand({.spread = 0.05}), 990);
}

TEST(RateSearchTest, HiccupsRarelyMatter) {
  EXPECT_GE(right_of_a_thousand({.spread = 0.01, .hiccups = 0.02}), 990);
  EXPECT_GE(right_of_a_thousand({.spread = 0.01, .hiccups = 0.05}), 960);
}

}  // namespace
}  // namespace sockspec::load
