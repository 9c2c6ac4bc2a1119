#include <array>
#include <span>

#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/topics.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> lifecycle_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"sleeps-per-message", serve_sleeps_per_message},
      FaultyServer{"nagle-delay", serve_nagle_delay},
      FaultyServer{"no-reuseaddr", serve_no_reuseaddr},
      FaultyServer{"ignores-sigterm", serve_ignores_sigterm},
      FaultyServer{"second-on-same-port", serve_second_on_same_port},
      FaultyServer{"dies-on-urgent", serve_dies_on_urgent},
      FaultyServer{"dies-on-eintr", serve_dies_on_eintr},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
