#include "core/pace.h"

#include <algorithm>

namespace sockspec {
namespace {

constexpr std::size_t kEnough = 5;  // replies, to know how quick the server can be
constexpr double kLongEnough = 4;   // a pace is measured for one part in so many of what is left
constexpr double kHaste = 3;        // bytes may come so many times as fast as they came so far

}  // namespace

void Pace::mark(Instant now, std::uint64_t moved) {
  marked_ = now;
  moved_ = moved;
}

void Pace::replied(Duration after) {
  ++replies_;
  quickest_ = std::min(quickest_, after);
}

// Silence says nothing: other limits are there for it.
bool Pace::suffices(Instant now, std::uint64_t moved, const Rest& rest, Duration left) const {
  double needed = 0;  // nanoseconds
  if (replies_ >= kEnough)
    needed += static_cast<double>(rest.replies) * static_cast<double>(quickest_.count());
  const auto measured = static_cast<double>((now - marked_).count());
  if (moved > moved_ && measured * kLongEnough >= static_cast<double>(left.count())) {
    const double for_each = measured / static_cast<double>(moved - moved_);
    needed += static_cast<double>(rest.bytes) * for_each / kHaste;
  }
  return needed <= static_cast<double>(left.count());
}

}  // namespace sockspec
