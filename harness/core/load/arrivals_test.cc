#include "core/load/arrivals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

std::vector<Duration> all_of(const Arrivals& arrivals, std::uint64_t seed = 1, Stripe stripe = {}) {
  std::vector<Duration> due;
  Schedule schedule(arrivals, seed, stripe);
  while (const auto next = schedule.next()) due.push_back(*next);
  return due;
}

std::vector<Duration> merged(const Arrivals& arrivals, std::uint64_t count,
                             std::uint64_t seed = 1) {
  std::vector<Duration> due;
  for (std::uint64_t index = 0; index < count; ++index) {
    const std::vector<Duration> one = all_of(arrivals, seed, {index, count});
    due.insert(due.end(), one.begin(), one.end());
  }
  std::sort(due.begin(), due.end());
  return due;
}

Arrivals constant(double rate, Duration duration) { return {Law::Constant, {rate}, duration}; }
Arrivals poisson(double rate, Duration duration) { return {Law::Poisson, {rate}, duration}; }
Arrivals ramp(double from, double to, Duration duration) {
  return {Law::Ramp, {from, to}, duration};
}
Arrivals steps(std::vector<double> rates, Duration duration) {
  return {Law::Steps, std::move(rates), duration};
}
Arrivals burst(double rate, std::uint64_t at_once, Duration duration) {
  return {Law::Burst, {rate}, duration, at_once};
}
Arrivals sine(double low, double high, Duration period, Duration duration) {
  return {Law::Sine, {low, high}, duration, 1, period};
}

const std::vector<Arrivals>& without_chance() {
  static const std::vector<Arrivals> kAll = {
      constant(1000, 2s),          constant(333.3, 3s),        constant(7, 1s),
      ramp(100, 5000, 2s),         ramp(5000, 1, 2s),          ramp(0.001, 1e5, 100ms),
      ramp(700, 700, 1s),          steps({100, 3000, 7}, 3s),  steps({1e5, 0.001}, 100ms),
      burst(1000, 7, 2s),          burst(5, 1000, 3s),         sine(10, 4000, 300ms, 2s),
      sine(0.001, 1e6, 1ms, 50ms), sine(500, 500, 1s, 2500ms), sine(1, 3000, 10s, 3s)};
  return kAll;
}

TEST(ArrivalsTest, ConstantRequestsAreDueAtTheNearestNanosecond) {
  const std::vector<Duration> due = all_of(constant(3, 1s));
  EXPECT_EQ(due, (std::vector<Duration>{0ns, 333'333'333ns, 666'666'667ns}));
}

// An hour at 70,000 per second: adding 1e9 / 70,000 again and again would be 10 us off by the end.
TEST(ArrivalsTest, ConstantDoesNotDriftInAnHour) {
  const Timetable timetable(constant(70'000, 1h));
  EXPECT_EQ(timetable.due(251'999'999), Duration(3'599'999'985'714));
  EXPECT_EQ(timetable.due(252'000'000), std::nullopt);
  const Timetable fast(constant(99'999'999, 1h));
  EXPECT_EQ(fast.due(359'999'996'399), Duration(3'599'999'999'990));
}

TEST(ArrivalsTest, ARateThatIsNoWholeNumberIsExactToo) {
  const Timetable timetable(constant(0.3, 1h));
  EXPECT_EQ(timetable.due(1), Duration(3'333'333'333));
  EXPECT_EQ(timetable.due(1000), Duration(3'333'333'333'333));
}

TEST(ArrivalsTest, RequestsDueAtTheEndAreNotOfTheRun) {
  EXPECT_EQ(all_of(constant(10, 1s)).size(), 10U);
  EXPECT_EQ(all_of(constant(10, 1s + 1ns)).size(), 11U);
}

TEST(ArrivalsTest, AScheduleThatIsOverStaysOver) {
  for (const Arrivals& arrivals : {constant(2, 1s), poisson(2, 1s)}) {
    Schedule schedule(arrivals, 1);
    while (schedule.next()) continue;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(schedule.next(), std::nullopt);
  }
}

TEST(ArrivalsTest, BurstsComeTogetherAtTheMeanRate) {
  EXPECT_EQ(all_of(burst(30, 3, 250ms)),
            (std::vector<Duration>{0ns, 0ns, 0ns, 100ms, 100ms, 100ms, 200ms, 200ms, 200ms}));
}

TEST(ArrivalsTest, ARampFromRestComesWithTheSquareRoot) {
  const Timetable timetable(ramp(0.001, 2000, 1s));
  EXPECT_NEAR(in_seconds(timetable.due(250).value()), 0.5, 1e-5);  // 1000 t^2 = 250
  EXPECT_NEAR(in_seconds(timetable.due(640).value()), 0.8, 1e-5);
}

TEST(ArrivalsTest, EachStepHasItsRateInItsPart) {
  const std::vector<Duration> due = all_of(steps({10, 1000, 100}, 3s));
  const auto in = [&](Duration from, Duration to) {
    return std::count_if(due.begin(), due.end(),
                         [&](Duration at) { return from <= at && at < to; });
  };
  EXPECT_EQ(in(0s, 1s), 10);
  EXPECT_EQ(in(1s, 2s), 1000);
  EXPECT_EQ(in(2s, 3s), 100);
}

TEST(ArrivalsTest, ASineIsLowAtFirstAndHighHalfAPeriodLater) {
  const std::vector<Duration> due = all_of(sine(100, 10'000, 2s, 4s));
  const auto rate_at = [&](Duration middle) {
    return 100 * std::count_if(due.begin(), due.end(), [&](Duration at) {
             return middle - 5ms <= at && at < middle + 5ms;
           });
  };
  EXPECT_NEAR(static_cast<double>(rate_at(1s)), 10'000, 100);
  EXPECT_NEAR(static_cast<double>(rate_at(2s)), 100, 100);
  EXPECT_NEAR(static_cast<double>(rate_at(3s)), 10'000, 100);
  EXPECT_NEAR(static_cast<double>(rate_at(500ms)), 5050, 100);
}

// Requests due before t, of which the schedule must hold as many, and at all times.
double integral(const Arrivals& a, double t) {
  const double length = in_seconds(a.duration);
  if (a.law == Law::Ramp) return a.rates[0] * t + (a.rates[1] - a.rates[0]) * t * t / 2 / length;
  const double turn = 2 * std::numbers::pi / in_seconds(a.period);
  return (a.rates[0] + a.rates[1]) / 2 * t -
         (a.rates[1] - a.rates[0]) / 2 * std::sin(turn * t) / turn;
}

TEST(ArrivalsTest, TheCountIsTheIntegralOfTheRateAtEveryMoment) {
  for (const Arrivals& arrivals : without_chance()) {
    if (arrivals.law != Law::Ramp && arrivals.law != Law::Sine) continue;
    double count = 0;
    for (const Duration due : all_of(arrivals)) {
      ASSERT_NEAR(integral(arrivals, in_seconds(due)), count, 0.01);
      ++count;
    }
    EXPECT_NEAR(integral(arrivals, in_seconds(arrivals.duration)), count, 1);
  }
}

TEST(ArrivalsTest, DueTimesNeverGoBackAndStayWithinTheRun) {
  for (const Arrivals& arrivals : without_chance()) {
    const std::vector<Duration> due = all_of(arrivals);
    ASSERT_FALSE(due.empty());
    EXPECT_EQ(due.front(), 0ns);
    EXPECT_LT(due.back(), arrivals.duration);
    EXPECT_TRUE(std::is_sorted(due.begin(), due.end()));
  }
}

TEST(ArrivalsTest, StripesMergeToExactlyTheWhole) {
  for (const Arrivals& arrivals : without_chance()) {
    const std::vector<Duration> whole = all_of(arrivals);
    for (const std::uint64_t count : {2U, 3U, 8U, 1000U}) EXPECT_EQ(merged(arrivals, count), whole);
  }
}

TEST(ArrivalsTest, WhatIsOfferedIsWhatIsScheduled) {
  for (const Arrivals& arrivals : without_chance())
    EXPECT_EQ(offered(arrivals), static_cast<double>(all_of(arrivals).size()));
  EXPECT_EQ(offered(poisson(1500, 2s)), 3000);
}

TEST(ArrivalsTest, ThePeakIsTheHighestRate) {
  EXPECT_EQ(peak_rate(constant(10, 1s)), 10);
  EXPECT_EQ(peak_rate(ramp(50, 10, 1s)), 50);
  EXPECT_EQ(peak_rate(steps({10, 70, 20}, 1s)), 70);
  EXPECT_EQ(peak_rate(sine(10, 90, 1s, 2s)), 90);
}

TEST(ArrivalsTest, TheExtremesHoldUp) {
  const Timetable steep(sine(kLeastRate, kMostRate, 1h, 1h));
  Duration last{};
  for (std::uint64_t k = 1; k < 170'000'000'000; k = k * 2 + 1) {
    const Duration due = steep.due(k).value();
    EXPECT_GT(due, last);
    last = due;
  }
  EXPECT_EQ(all_of(constant(kLeastRate, 1h)).size(), 4U);
  EXPECT_EQ(all_of(constant(kLeastRate, 1h), 1, {(1ULL << 32U) - 1, 1ULL << 32U}).size(), 0U);
  EXPECT_EQ(all_of(poisson(kLeastRate, 1ms), 1, {0, 1ULL << 32U}).size(), 0U);
  EXPECT_EQ(all_of(burst(kLeastRate, kMostBurst, 1s)).size(), kMostBurst);
}

}  // namespace
}  // namespace sockspec::load
