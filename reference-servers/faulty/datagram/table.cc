#include <array>
#include <span>

#include "reference-servers/faulty/datagram/faults.h"
#include "reference-servers/faulty/topics.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> datagram_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"udp-connects-first-peer", serve_udp_connects_first_peer},
      FaultyServer{"udp-global-peer", serve_udp_global_peer},
      FaultyServer{"udp-other-port", serve_udp_other_port},
      FaultyServer{"udp-replies-twice", serve_udp_replies_twice},
      FaultyServer{"udp-merges", serve_udp_merges},
      FaultyServer{"udp-stale-tail", serve_udp_stale_tail},
      FaultyServer{"udp-pads", serve_udp_pads},
      FaultyServer{"udp-buffer-1024", serve_udp_buffer_1024},
      FaultyServer{"udp-buffer-2048", serve_udp_buffer_2048},
      FaultyServer{"udp-drops-empty", serve_udp_drops_empty},
      FaultyServer{"udp-exits-on-empty", serve_udp_exits_on_empty},
      FaultyServer{"udp-one-shot", serve_udp_one_shot},
      FaultyServer{"udp-wildcard-source", serve_udp_wildcard_source},
      FaultyServer{"udp-fragments", serve_udp_fragments},
      FaultyServer{"udp-dies-on-refused", serve_udp_dies_on_refused},
      FaultyServer{"udp-dies-on-bad-text", serve_udp_dies_on_bad_text},
      FaultyServer{"udp-tiny-receive-buffer", serve_udp_tiny_receive_buffer},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
