#include "core/load/clock_offset.h"

namespace sockspec::load {

std::optional<ClockOffset> clock_offset(std::span<const ClockSample> samples) {
  std::optional<ClockOffset> best;
  for (const ClockSample& sample : samples) {
    const Duration error = (sample.heard - sample.asked) / 2;
    if (best && best->error <= error) continue;
    best = ClockOffset{sample.theirs - (sample.asked + error), error};
  }
  return best;
}

}  // namespace sockspec::load
