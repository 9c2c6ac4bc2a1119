// ReplyVerdict: what one reply, or its absence, turned out to be.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/names.h"

namespace sockspec::load {

enum class ReplyVerdict {
  Ok,
  Corrupt,         // a byte differs
  WrongTransform,  // the right text, but not transformed, or otherwise than the profile says
  CrossTalk,       // another connection's payload
  Duplicate,       // a second reply to a request that had one
  Reordered,       // whole and right, but a later request was answered before (RFC 4737)
  Late,            // came after its time limit
  Lost,            // did not come within its time limit, nor later
  Truncated,       // ends too early
  OverLong,        // goes on after its end
  Merged,          // two replies in one datagram or line
  Unsolicited,     // bytes that answer nothing
  Reset,           // the connection was reset before the reply
  EarlyEnd,        // the connection was ended before the reply
};
inline constexpr std::size_t kReplyVerdicts = 14;

// How often each was given.
class VerdictCounts {
 public:
  std::uint64_t& operator[](ReplyVerdict verdict) {
    return counts_[static_cast<std::size_t>(verdict)];
  }
  std::uint64_t operator[](ReplyVerdict verdict) const {
    return counts_[static_cast<std::size_t>(verdict)];
  }
  void add(const VerdictCounts& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  }
  std::uint64_t errors() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts_) sum += count;
    return sum - counts_[static_cast<std::size_t>(ReplyVerdict::Ok)];
  }
  bool operator==(const VerdictCounts&) const = default;

 private:
  std::array<std::uint64_t, kReplyVerdicts> counts_{};
};

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::ReplyVerdict>> names<load::ReplyVerdict>();

}  // namespace sockspec
