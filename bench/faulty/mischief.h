// Mischief: decides, from a seed, what a faulty echo server does to each message, and keeps count.
//
// Pure: messages and the time in, replies out; no socket and no clock. At most one thing happens to
// a message, and never two things to two neighbours that would hide one another, so that the tally
// is what a client must find, exactly. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sockspec::bench {

// Shares of all messages, 0 to 1; their sum is at most 1.
struct Rates {
  double drop = 0, duplicate = 0, corrupt = 0, swap = 0;
};

struct Tally {
  std::uint64_t received = 0;
  std::uint64_t dropped = 0;
  std::uint64_t duplicated = 0;  // answered twice, in a row
  std::uint64_t corrupted = 0;   // one byte changed
  std::uint64_t swapped = 0;     // answered after the message that came next
  std::uint64_t flushed = 0;     // was to be swapped, but no next message came: late, not swapped
};

// The messages of one client, which is where "next" has a meaning.
struct Lane {
  std::uint64_t received = 0;
  std::optional<std::string> held;  // waits to be overtaken
  std::chrono::nanoseconds flush_at{};
};

class Mischief {
 public:
  // The first `spared` messages of every lane are answered faithfully: a client may want to see
  // that a connection works before it starts to count.
  Mischief(Rates rates, std::uint64_t seed, std::uint64_t spared)
      : rates_(rates), random_(seed), spared_(spared) {}

  // What to send now, in this order. now: since any fixed moment.
  std::vector<std::string> answer(Lane& lane, std::chrono::nanoseconds now,
                                  std::string_view message);

  // What was held, to be sent now. Call it at lane.flush_at, and when the client has nothing more
  // to send; a client with one request in flight would wait for ever otherwise.
  std::optional<std::string> flush(Lane& lane);

  const Tally& tally() const { return tally_; }

 private:
  enum class Fate { Echo, Drop, Duplicate, Corrupt, Swap };

  Fate draw();
  std::string corrupted(std::string_view message);

  Rates rates_;
  std::mt19937_64 random_;  // the standard says which numbers it gives; not so its distributions
  std::uint64_t spared_;
  Tally tally_;
};

}  // namespace sockspec::bench
