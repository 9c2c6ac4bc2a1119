// Rest: since when a server has slept, by its own will. A reply that is missing although all of its
// processes slept is not missing because the machine is too busy: nobody kept them from running.
#pragma once

#include <optional>
#include <vector>

#include "core/time.h"
#include "supervise/thread_times.h"

namespace sockspec::supervise {

// What the living threads of some processes have done so far, together.
struct Activity {
  Duration active{};   // ran, or wanted to and had to wait for a processor
  bool asleep = true;  // none runs, wants to, is stopped or waits for a disk
};

// None where not all of them are known, since a thread that ends is a thread that was at work, or
// where there is none. Pure.
std::optional<Activity> activity_of(const Threads& threads);

// Looks at a server several times a second. Pure; time is an argument.
class Rest {
 public:
  void look(Instant now, const std::optional<Activity>& seen);

  // How long before the last look it was asleep at every look and all but idle between them. A
  // runtime with a clock of its own ticks in its sleep.
  Duration rested() const;

 private:
  struct Look {
    Instant at{};
    Duration active{};
  };
  std::vector<Look> looks_;  // since it was last seen awake
};

}  // namespace sockspec::supervise
