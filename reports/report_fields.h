// Fields that the JSON reports of several commands have in common, and the numbers in them.
//
// What is read may be hostile: errors go to the reader's latch, and every number comes back within
// its bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/time.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

scenario::Json target_to_json(const Target& target);
Target target_from_json(const scenario::Reader& in);

std::vector<std::string> texts_from_json(const scenario::Reader& in);

// The most that JavaScript holds exactly; also that of a histogram.
inline constexpr std::int64_t kMostCount = 1LL << 53;
std::uint64_t count_from_json(const scenario::Reader& in, std::int64_t least = 0,
                              std::int64_t most = kMostCount);

// From 0 to 10^18.
double real_from_json(const scenario::Reader& in);

// Nanoseconds; up to 31 years, so that sums of some do not overflow.
inline constexpr Duration kLongest{1'000'000'000'000'000'000};
scenario::Json ns_to_json(Duration duration);
Duration ns_from_json(const scenario::Reader& in);

// Milliseconds with three decimals, of what people read as well.
double in_ms(Duration duration);

// Null for what was not measured. A null is read as none.
template <class T>
scenario::Json nullable(const std::optional<T>& value) {
  return value ? scenario::Json(*value) : scenario::Json();
}
scenario::Json nullable_ns(const std::optional<Duration>& duration);
std::optional<std::uint64_t> nullable_count_from_json(const scenario::Reader& in);
std::optional<Duration> nullable_ns_from_json(const scenario::Reader& in);

}  // namespace sockspec::reports
