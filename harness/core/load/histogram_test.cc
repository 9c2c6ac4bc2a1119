#include "core/load/histogram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string>

#include "core/random.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

// From nanoseconds to beyond the range, each power of two as likely as the next.
Duration any_latency(Random& random) {
  const std::uint64_t below = std::uint64_t{1} << (1 + random.below(36));
  return Duration(static_cast<Duration::rep>(random.below(below)));
}

// A server's: most near a millisecond, one in a hundred far out.
Duration usual_latency(Random& random) {
  const Duration usual = 800us + Duration(static_cast<Duration::rep>(random.below(400'000)));
  return random.below(100) == 0 ? usual * (2 + static_cast<int>(random.below(200))) : usual;
}

std::vector<Duration> latencies(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  std::vector<Duration> drawn(count);
  for (Duration& one : drawn) one = seed % 2 == 0 ? any_latency(random) : usual_latency(random);
  return drawn;
}

Histogram of(std::span<const Duration> values) {
  Histogram histogram;
  for (const Duration value : values) histogram.record(value);
  return histogram;
}

void expect_same(const Histogram& one, const Histogram& other) {
  EXPECT_THAT(one.counts(), ElementsAreArray(other.counts()));
  EXPECT_EQ(one.count(), other.count());
  EXPECT_EQ(one.clamped(), other.clamped());
  EXPECT_EQ(one.min(), other.min());
  EXPECT_EQ(one.max(), other.max());
  EXPECT_EQ(one.mean(), other.mean());
}

TEST(HistogramTest, AnEmptyHistogramHasNoFigures) {
  const Histogram empty;
  EXPECT_EQ(empty.count(), 0U);
  EXPECT_FALSE(empty.min() || empty.max() || empty.mean());
  EXPECT_FALSE(empty.at_percentile(0) || empty.at_percentile(50) || empty.at_percentile(100));
  EXPECT_THAT(empty.buckets(), IsEmpty());
  EXPECT_THAT(empty.counts(), IsEmpty());
}

TEST(HistogramTest, ASingleValueIsEveryPercentile) {
  const Histogram one = of(std::array<Duration, 1>{1'234'567ns});
  for (const double percent : {0.0, 0.1, 50.0, 99.999, 100.0}) {
    EXPECT_EQ(one.at_percentile(percent), 1'234'567ns) << percent;
  }
}

TEST(HistogramTest, MinMaxAndMeanAreNotRoundedToBuckets) {
  const Histogram three = of(std::array<Duration, 3>{1'000'001ns, 2'000'003ns, 7'000'009ns});
  EXPECT_EQ(three.min(), 1'000'001ns);
  EXPECT_EQ(three.max(), 7'000'009ns);
  EXPECT_EQ(three.mean(), 3'333'338ns);  // 3333337.67
}

TEST(HistogramTest, ANegativeDurationCountsAsZero) {
  const Histogram two = of(std::array<Duration, 2>{-1ns, Duration::min()});
  EXPECT_THAT(two.buckets(), ElementsAre(Histogram::Bucket{0ns, 0ns, 2}));
  EXPECT_EQ(two.clamped(), 0U);
  EXPECT_EQ(two.max(), 0ns);
}

TEST(HistogramTest, AValueAboveTheRangeIsCountedAndClamped) {
  const Histogram three = of(std::array<Duration, 3>{60s, 60s + 1ns, Duration::max()});
  EXPECT_EQ(three.count(), 3U);
  EXPECT_EQ(three.clamped(), 2U);
  EXPECT_EQ(three.max(), 60s);
  EXPECT_EQ(three.mean(), 60s);
  EXPECT_EQ(three.at_percentile(50), 60s);
}

TEST(HistogramTest, TheSumOfManyLongValuesDoesNotOverflow) {
  Histogram histogram;
  histogram.record_n(60s, std::uint64_t{1} << 50U);
  EXPECT_EQ(histogram.mean(), 60s);
}

// The figures are hdr-histogram-js's for the same range and digits.
TEST(HistogramTest, TheBucketsAreThoseOfTheReference) {
  for (const std::uint64_t highest :
       {2047U, 2049U, 12'351U, 1'000'447U, 1'500'159U, 250'085'375U}) {
    const std::size_t index = layout::index_of(highest);
    EXPECT_EQ(layout::highest_at(index), highest);
    EXPECT_EQ(layout::index_of(highest + 1), index + 1);
  }
  EXPECT_EQ(layout::highest_at(layout::index_of(layout::kHighest)), 60'028'878'847U);
}

TEST(HistogramTest, EachBucketBeginsWhereTheLastEndedAndIsNarrowerThanAThousandth) {
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < layout::kBuckets; ++i) {
    ASSERT_EQ(layout::lowest_at(i), next);
    ASSERT_EQ(layout::index_of(layout::lowest_at(i)), i);
    ASSERT_EQ(layout::index_of(layout::highest_at(i)), i);
    ASSERT_LE((layout::step_at(i) - 1) * 1000, layout::lowest_at(i));
    next = layout::highest_at(i) + 1;
  }
}

TEST(HistogramTest, PercentilesAreWithinAThousandthOfThoseOfTheSortedValues) {
  constexpr std::uint64_t kWhole = 100'000;  // thousandths of a percent
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::vector<Duration> values = latencies(seed, 1 + 97 * seed);
    const Histogram histogram = of(values);
    for (Duration& value : values) value = std::min(value, Histogram::kHighest);
    std::ranges::sort(values);
    for (const std::uint64_t part :
         {1U, 50U, 25'000U, 50'000U, 90'000U, 99'000U, 99'900U, 100'000U}) {
      const Duration exact = values[(part * values.size() + kWhole - 1) / kWhole - 1];
      const auto found = histogram.at_percentile(static_cast<double>(part) / 1000);
      ASSERT_GE(found, exact) << "seed " << seed << ", " << part;
      ASSERT_LE(*found - exact, exact / 1000) << "seed " << seed << ", " << part;
    }
    EXPECT_EQ(histogram.min(), values.front());
    EXPECT_EQ(histogram.max(), values.back());
  }
}

TEST(HistogramTest, ARankIsNotRoundedPastItsValue) {
  Histogram thousand;
  for (int i = 1; i <= 1000; ++i) thousand.record(Duration(i));
  for (int i = 1; i <= 1000; ++i) EXPECT_EQ(thousand.at_percentile(i / 10.0), Duration(i));
}

TEST(HistogramTest, APercentileOutsideTheScaleIsTheNearerEnd) {
  const Histogram two = of(std::array<Duration, 2>{1ms, 2ms});
  EXPECT_EQ(two.at_percentile(-5), two.at_percentile(0));
  EXPECT_EQ(two.at_percentile(250), 2ms);
  EXPECT_EQ(two.at_percentile(std::nan("")), two.at_percentile(0));
}

TEST(HistogramTest, TheLastOfVeryManyIsStillTheHighest) {
  Histogram histogram;
  histogram.record_n(1ns, (std::uint64_t{1} << 53U) - 2);
  histogram.record(2ns);
  EXPECT_EQ(histogram.at_percentile(100), 2ns);
}

TEST(HistogramTest, MergingEqualsRecordingIntoOne) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const std::vector<Duration> values = latencies(seed, 3000);
    Histogram merged;
    for (std::size_t at = 0; at < values.size(); at += 1000) {
      merged.add(of(std::span(values).subspan(at, 1000)));
    }
    expect_same(merged, of(values));
  }
}

TEST(HistogramTest, AddingAnEmptyOneChangesNothing) {
  Histogram histogram = of(latencies(1, 100));
  histogram.add(Histogram());
  expect_same(histogram, of(latencies(1, 100)));
}

TEST(HistogramTest, AddingItselfDoublesEachCount) {
  Histogram histogram = of(std::array<Duration, 2>{5ns, 9ns});
  histogram.add(histogram);
  EXPECT_THAT(histogram.buckets(),
              ElementsAre(Histogram::Bucket{5ns, 5ns, 2}, Histogram::Bucket{9ns, 9ns, 2}));
  EXPECT_EQ(histogram.mean(), 7ns);
}

TEST(HistogramTest, RecordingManyAtOnceEqualsRecordingEach) {
  Histogram at_once;
  at_once.record_n(3ms, 4);
  at_once.record_n(61s, 2);
  at_once.record_n(1ns, 0);
  expect_same(at_once, of(std::array<Duration, 6>{3ms, 3ms, 3ms, 3ms, 61s, 61s}));
}

TEST(HistogramTest, AClearedHistogramIsLikeANewOne) {
  Histogram histogram = of(latencies(2, 1000));
  histogram.clear();
  expect_same(histogram, Histogram());
  for (const Duration value : latencies(3, 1000)) histogram.record(value);
  expect_same(histogram, of(latencies(3, 1000)));
}

TEST(HistogramTest, TheBucketsHoldEveryValueOnce) {
  const std::vector<Duration> values = latencies(4, 1000);
  std::uint64_t counted = 0;
  for (const Histogram::Bucket& bucket : of(values).buckets()) {
    counted += bucket.count;
    EXPECT_EQ(bucket.count, std::ranges::count_if(values, [&](Duration value) {
                value = std::min(value, Histogram::kHighest);
                return value >= bucket.lowest && value <= bucket.highest;
              }));
  }
  EXPECT_EQ(counted, values.size());
}

TEST(HistogramTest, FromCountsAloneTheEndsAreThoseOfTheBuckets) {
  const Histogram exact = of(std::array<Duration, 2>{1'000'001ns, 2'000'003ns});
  const Histogram rebuilt = Histogram::from_counts(exact.counts());
  EXPECT_EQ(rebuilt.buckets(), exact.buckets());
  EXPECT_EQ(rebuilt.min(), exact.buckets().front().lowest);
  EXPECT_EQ(rebuilt.max(), exact.buckets().back().highest);
  EXPECT_EQ(rebuilt.mean(), (1'000'192ns + 2'000'384ns) / 2);  // the middles
}

}  // namespace
}  // namespace sockspec::load
