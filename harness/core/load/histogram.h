// Histogram: how often each latency was seen, to a thousandth of its value, from 1 ns to 60 s.
//
// Each worker records into its own, the run swaps them at the end of an interval and adds them up;
// adding is exact, so shards merge to the bits of one run (HdrHistogram layout, see
// load/histogram_layout.h). The only allocation, about 220 KB, is in the constructor. Not
// thread-safe. One that was moved from may only be destroyed or assigned to.
//
// Nothing here fails. What cannot be represented is counted: above the range in clamped(). The sum
// of all counts must stay below 2^53, the most that the readers in JavaScript hold exactly; a
// million per second reach that in 285 years.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/load/histogram_layout.h"
#include "core/time.h"

namespace sockspec::load {

class Histogram {
 public:
  static constexpr Duration kHighest{layout::kHighest};

  // Values from `lowest` to `highest`, both included, cannot be told apart.
  struct Bucket {
    Duration lowest, highest;
    std::uint64_t count = 0;

    bool operator==(const Bucket&) const = default;
  };

  // A 64-bit sum would overflow at 300 million values of 60 s. Not standard, but GCC and clang.
  __extension__ using Sum = unsigned __int128;

  // What the buckets do not tell; a report keeps it beside them, so that merging loses nothing.
  struct Exact {
    Duration min{};
    Duration max{};
    Sum sum = 0;  // nanoseconds
    std::uint64_t clamped = 0;

    bool operator==(const Exact&) const = default;
  };

  Histogram();

  // As if read from a text, which keeps the buckets only: min() and max() become the ends of the
  // outermost buckets in use, mean() is taken from their middles, and clamped() is 0. At most
  // layout::kBuckets counts, whose sum obeys the limit above.
  static Histogram from_counts(std::span<const std::uint64_t> counts);

  // The very histogram that had these counts() and this exact(), from wherever they come. None
  // where no histogram can have both. The counts are bounded as above.
  static std::optional<Histogram> restore(std::span<const std::uint64_t> counts,
                                          const Exact& exact);

  // A negative duration counts as 0: what was sent a little before it was due has no lag.
  void record(Duration value) noexcept { record_n(value, 1); }
  void record_n(Duration value, std::uint64_t times) noexcept;

  void add(const Histogram& other) noexcept;
  void clear() noexcept;

  std::uint64_t count() const { return total_; }
  std::uint64_t clamped() const { return clamped_; }  // were above kHighest, counted as kHighest

  // Exact, not rounded to buckets, but of the values as counted: with clamped() above 0, max() and
  // mean() are floors. None when nothing was recorded.
  std::optional<Duration> min() const;
  std::optional<Duration> max() const;
  std::optional<Duration> mean() const;  // to the nearest nanosecond
  std::optional<Exact> exact() const;

  // The value that `percent` of all values do not exceed: the highest of its bucket, as in the
  // reference, but never above max(). Outside 0 to 100 counts as the nearer end, NaN as 0.
  std::optional<Duration> at_percentile(double percent) const;

  // Those that hold something, lowest first.
  std::vector<Bucket> buckets() const;

  // By bucket index, up to the last in use; empty when nothing was recorded. Valid until the next
  // change of the histogram.
  std::span<const std::uint64_t> counts() const;

 private:
  using Counts = std::array<std::uint64_t, layout::kBuckets>;
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};

  std::size_t first() const { return total_ > 0 ? layout::index_of(min_) : 0; }
  std::size_t end() const { return total_ > 0 ? layout::index_of(max_) + 1 : 0; }

  std::unique_ptr<Counts> counts_;
  std::uint64_t total_ = 0;
  std::uint64_t clamped_ = 0;
  std::uint64_t min_ = kNone;
  std::uint64_t max_ = 0;
  Sum sum_ = 0;
};

// Inline for its callers' sake: it runs two or three times per reply. No branch but the one that a
// constant `times` removes.
inline void Histogram::record_n(Duration value, std::uint64_t times) noexcept {
  if (times == 0) return;
  const auto ns =
      static_cast<std::uint64_t>(std::clamp(value.count(), Duration::rep{0}, kHighest.count()));
  clamped_ += value > kHighest ? times : 0;
  (*counts_)[layout::index_of(ns)] += times;
  total_ += times;
  sum_ += static_cast<Sum>(ns) * times;
  min_ = std::min(min_, ns);
  max_ = std::max(max_, ns);
}

}  // namespace sockspec::load
