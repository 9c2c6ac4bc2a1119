// Time as the core knows it: an argument, never a clock.
#pragma once

#include <chrono>
#include <string>

namespace sockspec {

using Duration = std::chrono::nanoseconds;

// Since the conversation (or the run) began; never wall time.
using Instant = std::chrono::nanoseconds;

inline double in_seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

inline std::string in_whole_ms(Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) +
         " ms";
}

}  // namespace sockspec
