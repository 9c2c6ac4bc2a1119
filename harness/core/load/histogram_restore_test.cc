#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "core/load/histogram.h"
#include "core/random.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

Histogram several() {
  Random random(11);
  Histogram histogram;
  for (int i = 0; i < 1000; ++i)
    histogram.record(Duration(static_cast<Duration::rep>(1000 + random.below(100'000'000))));
  return histogram;
}

std::optional<Histogram> changed(Histogram::Exact exact) {
  return Histogram::restore(several().counts(), exact);
}

TEST(HistogramRestoreTest, TheVerySameHistogramComesBack) {
  const Histogram before = several();
  const auto after = Histogram::restore(before.counts(), *before.exact());
  ASSERT_TRUE(after);
  EXPECT_EQ(after->exact(), before.exact());
  EXPECT_EQ(after->count(), before.count());
  EXPECT_EQ(after->mean(), before.mean());
  EXPECT_EQ(after->buckets(), before.buckets());
}

TEST(HistogramRestoreTest, ValuesAboveTheRangeAreRememberedAsSuch) {
  Histogram before;
  before.record_n(61s, 3);
  before.record(60s);
  const auto after = Histogram::restore(before.counts(), *before.exact());
  ASSERT_TRUE(after);
  EXPECT_EQ(after->clamped(), 3U);
  EXPECT_EQ(after->exact(), before.exact());
}

TEST(HistogramRestoreTest, AnEmptyOneHasNothingToRestore) {
  EXPECT_FALSE(Histogram().exact());
  EXPECT_FALSE(Histogram::restore({}, {}));
  const std::vector<std::uint64_t> zeros(100);
  EXPECT_FALSE(Histogram::restore(zeros, {}));
}

TEST(HistogramRestoreTest, FiguresThatTheCountsCannotHaveAreRefused) {
  const Histogram::Exact exact = *several().exact();
  EXPECT_TRUE(changed(exact));
  const Duration wrong_ends[] = {-1ns, 0ns, 50ms, 61s, Duration::max(), Duration::min()};
  for (const Duration end : wrong_ends) {
    EXPECT_FALSE(changed({end, exact.max, exact.sum, 0})) << end.count();
    EXPECT_FALSE(changed({exact.min, end, exact.sum, 0})) << end.count();
  }
  EXPECT_FALSE(changed({exact.max, exact.min, exact.sum, 0}));
  EXPECT_FALSE(changed({exact.min, exact.max, 0, 0}));
  EXPECT_FALSE(changed({exact.min, exact.max, exact.sum * 2, 0}));
  EXPECT_FALSE(changed({exact.min, exact.max, exact.sum, 1}));
}

}  // namespace
}  // namespace sockspec::load
