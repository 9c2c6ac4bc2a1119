#include "core/load/histogram.h"

#include <cassert>
#include <cmath>

namespace sockspec::load {
namespace {

Duration nanoseconds(std::uint64_t count) { return Duration(static_cast<Duration::rep>(count)); }

// One unit less in the last place, as in the reference: 99.9 is a little more than 99.9 as a
// double, and of 1,000 values it would otherwise be the last. The end of the scale needs no such
// care and must stay the end, also of more values than a double can count.
std::uint64_t rank_of(double percent, std::uint64_t total) {
  if (percent >= 100) return total;
  const double wanted = std::nextafter(std::max(0.0, percent), 0.0) / 100;
  const auto rank = static_cast<std::uint64_t>(std::ceil(wanted * static_cast<double>(total)));
  return std::clamp<std::uint64_t>(rank, 1, total);
}

}  // namespace

Histogram::Histogram() : counts_(std::make_unique<Counts>()) {}

Histogram Histogram::from_counts(std::span<const std::uint64_t> counts) {
  assert(counts.size() <= layout::kBuckets);
  Histogram made;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    (*made.counts_)[i] = counts[i];
    made.total_ += counts[i];
    made.sum_ += static_cast<Sum>(std::min(layout::middle_at(i), layout::kHighest)) * counts[i];
    made.min_ = std::min(made.min_, layout::lowest_at(i));
    made.max_ = std::min(layout::highest_at(i), layout::kHighest);
  }
  return made;
}

// min and max bound the buckets that are looked at, so a wrong one would hide counts or worse.
std::optional<Histogram> Histogram::restore(std::span<const std::uint64_t> counts,
                                            const Exact& exact) {
  Histogram made = from_counts(counts);
  if (made.total_ == 0 || exact.min < Duration::zero() || exact.max > kHighest) return std::nullopt;
  const auto min = static_cast<std::uint64_t>(exact.min.count());
  const auto max = static_cast<std::uint64_t>(exact.max.count());
  if (min > max || layout::index_of(min) != made.first()) return std::nullopt;
  if (layout::index_of(max) + 1 != made.end()) return std::nullopt;
  Sum least = 0;
  Sum most = 0;
  for (std::size_t i = made.first(); i < made.end(); ++i) {
    least += static_cast<Sum>(std::max(layout::lowest_at(i), min)) * counts[i];
    most += static_cast<Sum>(std::min(layout::highest_at(i), max)) * counts[i];
  }
  if (exact.sum < least || exact.sum > most) return std::nullopt;
  if (exact.clamped > 0 && (max != layout::kHighest || exact.clamped > counts[made.end() - 1]))
    return std::nullopt;
  made.min_ = min;
  made.max_ = max;
  made.sum_ = exact.sum;
  made.clamped_ = exact.clamped;
  return made;
}

// Only the part in use is touched, here and in clear(): intervals are merged and cleared while
// requests are due.
void Histogram::add(const Histogram& other) noexcept {
  for (std::size_t i = other.first(); i < other.end(); ++i) (*counts_)[i] += (*other.counts_)[i];
  total_ += other.total_;
  clamped_ += other.clamped_;
  sum_ += other.sum_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

void Histogram::clear() noexcept {
  for (std::size_t i = first(); i < end(); ++i) (*counts_)[i] = 0;
  total_ = 0;
  clamped_ = 0;
  sum_ = 0;
  min_ = kNone;
  max_ = 0;
}

std::optional<Duration> Histogram::min() const {
  if (total_ == 0) return std::nullopt;
  return nanoseconds(min_);
}

std::optional<Duration> Histogram::max() const {
  if (total_ == 0) return std::nullopt;
  return nanoseconds(max_);
}

std::optional<Duration> Histogram::mean() const {
  if (total_ == 0) return std::nullopt;
  return nanoseconds(static_cast<std::uint64_t>((sum_ + total_ / 2) / total_));
}

std::optional<Histogram::Exact> Histogram::exact() const {
  if (total_ == 0) return std::nullopt;
  return Exact{nanoseconds(min_), nanoseconds(max_), sum_, clamped_};
}

std::optional<Duration> Histogram::at_percentile(double percent) const {
  if (total_ == 0) return std::nullopt;
  const std::uint64_t rank = rank_of(percent, total_);
  std::uint64_t seen = 0;
  for (std::size_t i = first(); i < end(); ++i) {
    seen += (*counts_)[i];
    if (seen >= rank) return nanoseconds(std::min(layout::highest_at(i), max_));
  }
  return nanoseconds(max_);
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
  std::vector<Bucket> used;
  for (std::size_t i = first(); i < end(); ++i) {
    if ((*counts_)[i] == 0) continue;
    used.push_back(
        {nanoseconds(layout::lowest_at(i)), nanoseconds(layout::highest_at(i)), (*counts_)[i]});
  }
  return used;
}

std::span<const std::uint64_t> Histogram::counts() const {
  return std::span(*counts_).first(end());
}

}  // namespace sockspec::load
