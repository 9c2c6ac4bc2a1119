// Clock: CLOCK_MONOTONIC, read when something happens. Never the loop's own time, which is as old
// as its turn.
#pragma once

#include <ctime>

#include "core/time.h"

namespace sockspec::load {

class Clock {
 public:
  // Times count from `zero`: the start of what is measured, so that a warm-up is negative.
  explicit Clock(Duration zero = {}) : zero_(zero) {}

  Duration now() const { return monotonic() - zero_; }
  Duration zero() const { return zero_; }

  static Duration monotonic() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }

 private:
  Duration zero_;
};

}  // namespace sockspec::load
