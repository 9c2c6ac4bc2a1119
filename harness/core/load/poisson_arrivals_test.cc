#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/load/arrivals.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr double kRate = 5000;
constexpr std::uint64_t kSeeds[] = {1, 2, 3, 42, 1234567};

std::vector<Duration> poisson(std::uint64_t seed, std::uint64_t stripes = 1) {
  std::vector<Duration> due;
  for (std::uint64_t index = 0; index < stripes; ++index) {
    Schedule schedule({Law::Poisson, {kRate}, 4s}, seed, {index, stripes});
    while (const auto next = schedule.next()) due.push_back(*next);
  }
  std::sort(due.begin(), due.end());
  return due;
}

std::vector<double> gaps_of(const std::vector<Duration>& due) {
  std::vector<double> gaps;
  Duration last{};
  for (const Duration at : due) {
    gaps.push_back(std::max(in_seconds(at - last), 0.5e-9));  // whole nanoseconds: never log(0)
    last = at;
  }
  return gaps;
}

// Anderson-Darling, all parameters known ("case 0").
double anderson_darling(std::vector<double> gaps, double rate) {
  std::sort(gaps.begin(), gaps.end());
  const std::size_t n = gaps.size();
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double below = std::log(-std::expm1(-rate * gaps[i]));
    const double above = -rate * gaps[n - 1 - i];
    sum += static_cast<double>(2 * i + 1) * (below + above);
  }
  return -static_cast<double>(n) - sum / static_cast<double>(n);
}

// D'Agostino, Stephens, "Goodness-of-Fit Techniques", 1986, table 4.2: above it, p < 0.01.
constexpr double kAtOnePercent = 3.857;

TEST(PoissonArrivalsTest, GapsAreExponential) {
  for (const std::uint64_t seed : kSeeds)
    EXPECT_LT(anderson_darling(gaps_of(poisson(seed)), kRate), kAtOnePercent) << seed;
}

TEST(PoissonArrivalsTest, StripesTogetherAreExponentialToo) {
  for (const std::uint64_t seed : kSeeds) {
    for (const std::uint64_t stripes : {2U, 8U}) {
      EXPECT_LT(anderson_darling(gaps_of(poisson(seed, stripes)), kRate), kAtOnePercent)
          << seed << ", " << stripes << " stripes";
    }
  }
}

TEST(PoissonArrivalsTest, TheTestOfTheGapsRejectsOtherGaps) {
  const std::vector<double> even(20'000, 1 / kRate);
  EXPECT_GT(anderson_darling(even, kRate), kAtOnePercent);
  EXPECT_GT(anderson_darling(gaps_of(poisson(1)), kRate * 1.05), kAtOnePercent);
}

// Gaps of the right law that hang together would pass the test above: counts per 10 ms would not
// have a variance equal to their mean.
TEST(PoissonArrivalsTest, CountsAreAsSpreadAsPoissonCounts) {
  for (const std::uint64_t stripes : {1U, 8U}) {
    std::vector<double> counts(400);
    for (const Duration at : poisson(7, stripes)) ++counts[static_cast<std::size_t>(at / 10ms)];
    double spread = 0;
    for (const double count : counts) spread += (count - kRate / 100) * (count - kRate / 100);
    const double dispersion = spread / (kRate / 100);  // chi-squared, 400 degrees of freedom
    EXPECT_NEAR(dispersion, 400, 2.58 * std::sqrt(2 * 400.0));  // p > 0.01
  }
}

// At a mean gap of 20 ns, gaps cut to whole nanoseconds would make 2.5 % too many requests.
TEST(PoissonArrivalsTest, TheMeanRateHoldsWhereGapsAreAFewNanoseconds) {
  Schedule schedule({Law::Poisson, {50e6}, 10ms}, 1);
  double count = 0;
  while (schedule.next()) ++count;
  EXPECT_NEAR(count, 500'000, 3 * std::sqrt(500'000));
}

TEST(PoissonArrivalsTest, TheSameSeedGivesTheSameSchedule) {
  EXPECT_EQ(poisson(5), poisson(5));
  EXPECT_EQ(poisson(5, 3), poisson(5, 3));
  EXPECT_NE(poisson(5), poisson(6));
}

TEST(PoissonArrivalsTest, StripesAreStreamsOfTheirOwn) {
  Schedule first({Law::Poisson, {kRate}, 1s}, 1, {0, 2});
  Schedule second({Law::Poisson, {kRate}, 1s}, 1, {1, 2});
  for (int i = 0; i < 100; ++i) EXPECT_NE(first.next(), second.next());
}

}  // namespace
}  // namespace sockspec::load
