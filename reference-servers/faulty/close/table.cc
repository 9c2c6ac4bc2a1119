#include <array>
#include <span>

#include "reference-servers/faulty/close/faults.h"
#include "reference-servers/faulty/topics.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> close_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"drop-at-eof", serve_drop_at_eof},
      FaultyServer{"no-half-close", serve_no_half_close},
      FaultyServer{"never-closes", serve_never_closes},
      FaultyServer{"leaks-descriptors", serve_leaks_descriptors},
      FaultyServer{"spins-at-eof", serve_spins_at_eof},
      FaultyServer{"stuck-at-eof", serve_stuck_at_eof},
      FaultyServer{"spins-after-close", serve_spins_after_close},
      FaultyServer{"reset-on-close", serve_reset_on_close},
      FaultyServer{"dies-on-reset", serve_dies_on_reset},
      FaultyServer{"dies-on-sigpipe", serve_dies_on_sigpipe},
      FaultyServer{"dies-on-quick-leaver", serve_dies_on_quick_leaver},
      FaultyServer{"closes-before-reply", serve_closes_before_reply},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
