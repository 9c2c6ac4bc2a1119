#include <array>

#include "reference-servers/faulty/topics.h"
#include "reference-servers/faulty/transform/faults.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> transform_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"upper-and-df", serve_upper_and_df},
      FaultyServer{"upper-minus-32", serve_upper_minus_32},
      FaultyServer{"upper-off-by-one", serve_upper_off_by_one},
      FaultyServer{"swaps-case", serve_swaps_case},
      FaultyServer{"capitalizes", serve_capitalizes},
      FaultyServer{"first-chunk-only", serve_first_chunk_only},
      FaultyServer{"latin1-upper", serve_latin1_upper},
      FaultyServer{"upper-per-read", serve_upper_per_read},
      FaultyServer{"no-change", serve_no_change},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
