// Probe: something to try with a server that nobody has described yet, and what was seen of it.
//
// Both are data: core/learn.h says which probe comes next and what the observations mean,
// check/probe_player.h plays one over sockets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/time.h"

namespace sockspec {

// What one client of a probe does, and how it listens afterwards.
struct Act {
  enum class Kind {
    Connect,
    Send,  // in one piece; UDP: one datagram
    HalfClose,
    Listen,
    Close,
  };
  Kind kind = Kind::Connect;
  std::size_t client = 0;
  std::string bytes = {};  // Send
  // How long to wait for the first sign of an answer; 0 = go on at once. What has begun to come is
  // taken until it pauses for kSettle. Times are those of an idle machine.
  Duration patience{};
  std::size_t enough = 0;  // do not wait for a pause once so many bytes have come; 0 = do
};

inline constexpr Duration kSettle = std::chrono::milliseconds(120);
inline constexpr std::size_t kMostKept = 256 * 1024;  // bytes of one client; then reading stops

struct Probe {
  std::string id;
  std::vector<Act> acts;
};

// How the connection of a client stood.
enum class Standing {
  Open,
  Ended,    // FIN
  Reset,    // RST
  Refused,  // nobody listens
  Broke,    // in another way
};

// What came to the client of an act until the next act.
struct Seen {
  bool done = false;  // false: the client was gone before its turn
  std::string bytes = {};
  std::size_t datagrams = 0;  // UDP: in so many datagrams
  Standing standing = Standing::Open;
  Duration listened{};
};

struct Observation {
  Probe probe;
  std::vector<Seen> seen;            // one for each act
  std::optional<Message> gone = {};  // the server ended meanwhile
};

}  // namespace sockspec
