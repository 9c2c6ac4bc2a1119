#include "supervise/spare_time.h"

#include <algorithm>
#include <utility>

#include "supervise/idle_time.h"
#include "supervise/pressure.h"

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr Duration kBetweenLooks = 100ms;  // proc_stat(5) counts hundredths of a second

}  // namespace

SpareTime::SpareTime(io::Loop& loop, JobLimit limit, Jobs jobs)
    : limit_(limit), jobs_(std::move(jobs)), look_(loop, [this] { look(); }) {}

void SpareTime::start() {
  if (!limit_.can_change()) return;
  looked_ns_ = uv_hrtime();
  idle_before_ = idle_time();
  throttled_before_ = throttled_now();
  look_.start(kBetweenLooks);
}

void SpareTime::look() {
  const std::uint64_t now = uv_hrtime();
  const Duration idle = idle_time();
  // A container that has used up its share waits beside processors that are idle.
  const Duration throttled = throttled_now();
  const double share = static_cast<double>((idle - idle_before_).count()) /
                       static_cast<double>(std::max<std::uint64_t>(1, now - looked_ns_));
  limit_.look(throttled > throttled_before_ ? 0 : share, jobs_.running());
  looked_ns_ = now;
  idle_before_ = idle;
  throttled_before_ = throttled;
  look_.start(kBetweenLooks);
  const auto start_more = jobs_.start_more;
  start_more();
}

}  // namespace sockspec::supervise
