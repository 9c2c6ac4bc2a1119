// Time as the core knows it: an argument, never a clock.
#pragma once

#include <chrono>

namespace sockspec {

using Duration = std::chrono::nanoseconds;

// Since the conversation (or the run) began; never wall time.
using Instant = std::chrono::nanoseconds;

}  // namespace sockspec
