#include "core/load/stages.h"

#include "core/random.h"

namespace sockspec::load {

Duration length_of(std::span<const Arrivals> stages) {
  Duration sum{};
  for (const Arrivals& stage : stages) sum += stage.duration;
  return sum;
}

Stages::Stages(std::span<const Arrivals> stages, std::uint64_t seed, Stripe stripe,
               Duration start) {
  std::uint64_t counted = 0;
  for (const Arrivals& stage : stages) {
    const std::uint64_t own = counted == 0 ? seed : derive_seed(seed, "stage", counted);
    if (start >= Duration::zero()) ++counted;
    stages_.push_back({start, Schedule(stage, own, stripe)});
    start += stage.duration;
  }
}

std::optional<Duration> Stages::next() {
  for (; at_ < stages_.size(); ++at_) {
    if (const auto due = stages_[at_].schedule.next()) return stages_[at_].start + *due;
  }
  return std::nullopt;
}

}  // namespace sockspec::load
