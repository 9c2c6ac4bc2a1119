// Pace: can a conversation still end in the time that is left, if all replies come as quickly as
// the quickest so far, and bytes three times as fast? Pure.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/time.h"

namespace sockspec {

class Pace {
 public:
  // So many bytes had moved by now: their pace is measured from here.
  void mark(Instant now, std::uint64_t moved);
  void replied(Duration after);

  // What is still to come, at least.
  struct Rest {
    std::uint64_t bytes = 0;
    std::size_t replies = 0;
  };
  bool suffices(Instant now, std::uint64_t moved, const Rest& rest, Duration left) const;

 private:
  Instant marked_{};
  std::uint64_t moved_ = 0;  // then
  std::size_t replies_ = 0;
  Duration quickest_ = Duration::max();
};

}  // namespace sockspec
