// OwnTime: how long nobody kept a server from running. What did not happen in that time did not
// fail to happen because the machine is too busy.
#pragma once

#include <optional>
#include <vector>

#include "core/time.h"
#include "supervise/thread_times.h"

namespace sockspec::supervise {

// What the living threads of some processes have done so far, together.
struct Activity {
  Duration ran{};
  Duration waited{};     // for a processor that others had
  bool asleep = true;    // none runs or wants to, and none is held up
  bool held_up = false;  // one is stopped, or waits for a disk
};

// None where not all of them are known, since a thread that ends is a thread that was at work, or
// where there is none. Pure.
std::optional<Activity> activity_of(const Threads& threads);

// Looks at a server several times a second. Pure; time is an argument.
class OwnTime {
 public:
  // `pressure`: so long the processors were kept from everybody on the machine, so far.
  void look(Instant now, const std::optional<Activity>& seen, Duration pressure);

  // How long before the last look it was asleep at every look and all but idle between them. A
  // runtime with a clock of its own ticks in its sleep.
  Duration slept() const;

  // How long before the last look it ran or slept as it wanted, and hardly ever waited for a
  // processor.
  Duration free() const;

 private:
  struct Look {
    Instant at{};
    Activity seen;
    Duration pressure{};
  };
  std::vector<Look> looks_;  // with no gap between them
};

}  // namespace sockspec::supervise
