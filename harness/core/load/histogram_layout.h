// The buckets of HdrHistogram, fixed for sockspec: 1 ns to 60 s, three significant digits.
//
// Every power of two above the first is cut into as many equal steps as keep one step below a
// thousandth of the value, so the index of a value is a shift and an addition. Constants and pure
// functions; numbers are nanoseconds. Source: HdrHistogram, AbstractHistogram.java
// (github.com/HdrHistogram/HdrHistogram), with its automatic choice of the sub-buckets.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace sockspec::load::layout {

inline constexpr int kDigits = 3;
inline constexpr std::uint64_t kLowest = 1;
inline constexpr std::uint64_t kHighest = 60'000'000'000;

// Single steps are needed up to twice ten to the digits, rounded up to a power of two.
inline constexpr std::uint64_t kSingleSteps = 2 * 1000;
inline constexpr int kSubBucketBits = std::bit_width(kSingleSteps - 1);
inline constexpr std::uint64_t kSubBuckets = std::uint64_t{1} << kSubBucketBits;
inline constexpr std::uint64_t kStepsPerPower = kSubBuckets / 2;

constexpr std::size_t index_of(std::uint64_t value) noexcept {
  const int shift = 64 - kSubBucketBits - std::countl_zero(value | (kSubBuckets - 1));
  return static_cast<std::size_t>(shift) * kStepsPerPower + (value >> shift);
}

// The values of one bucket: those that cannot be told apart once recorded.
constexpr std::uint64_t step_at(std::size_t index) noexcept {
  const std::size_t power = index / kStepsPerPower;
  return std::uint64_t{1} << (power > 1 ? power - 1 : 0);
}
constexpr std::uint64_t lowest_at(std::size_t index) noexcept {
  const auto shift = static_cast<std::size_t>(std::countr_zero(step_at(index)));
  return (index - shift * kStepsPerPower) << shift;
}
constexpr std::uint64_t middle_at(std::size_t index) noexcept {
  return lowest_at(index) + step_at(index) / 2;
}
constexpr std::uint64_t highest_at(std::size_t index) noexcept {
  return lowest_at(index) + step_at(index) - 1;
}

// The reference rounds up to whole powers of two; the buckets above the range stay empty here, and
// would not change the encoding, which ends at the last bucket in use.
inline constexpr std::size_t kBuckets = index_of(kHighest) + 1;

}  // namespace sockspec::load::layout
