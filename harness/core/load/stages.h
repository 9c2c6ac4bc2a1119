// Stages: when requests are due in an open loop that goes through several laws, one after the
// other: 1,000 a second for a minute, then up to 10,000, then as independent users.
//
// Belongs to one thread, as a Schedule does.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>

#include "core/load/arrivals.h"

namespace sockspec::load {

Duration length_of(std::span<const Arrivals> stages);

// The due times of one stripe through all stages, in order.
class Stages {
 public:
  // The stages follow each other without a gap; the first begins at `start`. What is before zero
  // (a warm-up) changes nothing in what comes after it.
  Stages(std::span<const Arrivals> stages, std::uint64_t seed, Stripe stripe = {},
         Duration start = {});

  // None once the last stage has passed, and from then on. Allocates nothing.
  std::optional<Duration> next();

 private:
  struct Stage {
    Duration start;
    Schedule schedule;
  };

  std::deque<Stage> stages_;
  std::size_t at_ = 0;
};

}  // namespace sockspec::load
