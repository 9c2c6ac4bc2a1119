#include "core/pace.h"

#include <algorithm>

namespace sockspec {
namespace {

constexpr std::size_t kEnough = 5;  // replies, to know how quick the server can be
constexpr double kHaste = 3;        // bytes may come so many times as fast as they came so far

}  // namespace

void Pace::mark(Instant now, std::uint64_t missing) {
  marked_ = now;
  missing_ = missing;
}

void Pace::replied(Duration after) {
  ++replies_;
  quickest_ = std::min(quickest_, after);
}

bool Pace::suffices(Instant now, std::uint64_t missing, std::size_t replies, Duration left) const {
  double needed = 0;  // nanoseconds
  if (replies_ >= kEnough)
    needed += static_cast<double>(replies) * static_cast<double>(quickest_.count());
  if (missing < missing_) {
    const double for_each =
        static_cast<double>((now - marked_).count()) / static_cast<double>(missing_ - missing);
    needed += static_cast<double>(missing) * for_each / kHaste;
  }
  return needed <= static_cast<double>(left.count());
}

}  // namespace sockspec
