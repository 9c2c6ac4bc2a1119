// Transcript: what was done and observed in one conversation, in order and timed.
//
// Enough to reach the verdict again without a network: bytes that were what the oracle expected are
// kept as a count, because the same script expects the same bytes again; all others are kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/event.h"
#include "core/oracle.h"
#include "core/time.h"

namespace sockspec {

enum class Entry {
  // done
  Connect,
  Write,
  HalfClose,
  Reset,
  Close,
  Pause,
  Resume,
  DropUnsent,
  Urgent,
  ServerAct,  // `text` says which
  // observed
  Begin,
  Connected,
  Sent,
  Received,
  Ended,
  Broke,
  QueueEmpty,
  ServerGone,
  Sampled,        // `text` says what, `size` how much
  ServerStarted,  // `how` says why it does not listen
  Tick,
};

inline bool is_observation(Entry entry) { return entry >= Entry::Begin; }

struct TranscriptEntry {
  Instant at{};
  std::size_t peer = 0;
  Entry kind = Entry::Begin;
  std::uint64_t size = 0;  // bytes written, sent or received
  Oracle::Claim claim;     // Received: how many of the bytes were owed
  std::string bytes;       // Received: those that were not; Write: an excerpt
  std::string from;        // Received over UDP from elsewhere
  Breakage breakage = Breakage::Other;
  Call call = Call::Receive;
  bool known = true;  // Sampled: the system told; ServerStarted: it listens
  Message how;        // ServerGone
  std::string text;   // Broke: the system's words; names of a resource, of a server act
};

using Transcript = std::vector<TranscriptEntry>;

}  // namespace sockspec
