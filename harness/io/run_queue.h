// How long this very thread had to wait for a processor: the sign that a machine is too busy for
// figures about time. Linux: proc_pid_schedstat(5); all zero where that is not to be had.
#pragma once

#include <cstdint>

#include "core/time.h"

namespace sockspec::io {

struct RunQueue {
  Duration waited{};        // runnable, but not running, since the thread began
  std::uint64_t times = 0;  // that it was given a processor

  static RunQueue of_this_thread();

  // From `before` to this one, each time on average.
  Duration mean_wait_since(const RunQueue& before) const;
};

// What it has computed so far.
Duration cpu_of_this_thread();

}  // namespace sockspec::io
