#include <array>
#include <span>

#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/topics.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> concurrency_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"one-client-at-a-time", serve_one_client_at_a_time},
      FaultyServer{"exits-after-first-client", serve_exits_after_first_client},
      FaultyServer{"exits-after-five", serve_exits_after_five},
      FaultyServer{"dies-on-second-client", serve_dies_on_second_client},
      FaultyServer{"limit-32-clients", serve_limit_32_clients},
      FaultyServer{"pool-of-four", serve_pool_of_four},
      FaultyServer{"shared-connection", serve_shared_connection},
      FaultyServer{"shared-buffer", serve_shared_buffer},
      FaultyServer{"swaps-replies", serve_swaps_replies},
      FaultyServer{"broadcasts", serve_broadcasts},
      FaultyServer{"blocks-on-slow-reader", serve_blocks_on_slow_reader},
      FaultyServer{"unbounded-queue", serve_unbounded_queue},
      FaultyServer{"accept-fails-for-good", serve_accept_fails_for_good},
      FaultyServer{"zombie-children", serve_zombie_children},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
