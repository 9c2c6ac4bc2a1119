// Pace: can a conversation still end in the time that is left, if it goes on as well as it has gone
// so far? Pure.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/time.h"

namespace sockspec {

class Pace {
 public:
  // Bytes of what is on its way, one way or the other; also later, for the pace from then on.
  void mark(Instant now, std::uint64_t missing);
  void replied(Duration after);

  // So many bytes are missing now, and so many replies follow.
  bool suffices(Instant now, std::uint64_t missing, std::size_t replies, Duration left) const;

 private:
  Instant marked_{};
  std::uint64_t missing_ = 0;  // then
  std::size_t replies_ = 0;
  Duration quickest_ = Duration::max();
};

}  // namespace sockspec
