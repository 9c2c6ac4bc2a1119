// SpareTime: lets a run of many jobs start more of them while this machine has time to spare. Looks
// a few times a second, between start() and stop(). Lives on the loop's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "core/job_limit.h"
#include "core/time.h"
#include "io/timer.h"

namespace sockspec::supervise {

class SpareTime {
 public:
  struct Jobs {
    std::function<std::size_t()> running;
    std::function<void()> start_more;  // the limit may have risen; it may end this object
  };

  SpareTime(io::Loop& loop, JobLimit limit, Jobs jobs);

  std::size_t limit() const { return limit_.now(); }

  void start();
  void stop() { look_.stop(); }

 private:
  void look();

  JobLimit limit_;
  Jobs jobs_;
  std::uint64_t looked_ns_ = 0;
  Duration idle_before_{};
  Duration throttled_before_{};
  io::Timer look_;
};

}  // namespace sockspec::supervise
