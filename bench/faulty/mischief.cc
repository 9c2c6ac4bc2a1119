#include "faulty/mischief.h"

#include <utility>

namespace sockspec::bench {
namespace {

constexpr std::chrono::milliseconds kHold{5};

}  // namespace

std::vector<std::string> Mischief::answer(Lane& lane, std::chrono::nanoseconds now,
                                          std::string_view message) {
  ++tally_.received;
  if (lane.received++ < spared_) return {std::string(message)};
  // Drawn before it is known whether it counts: the n-th message has the n-th number.
  const Fate fate = draw();
  if (lane.held) {
    // Whatever was drawn: had this one been dropped, nobody could tell that the other was late.
    ++tally_.swapped;
    std::string overtaken = *std::exchange(lane.held, std::nullopt);
    return {std::string(message), std::move(overtaken)};
  }
  switch (fate) {
    case Fate::Echo: return {std::string(message)};
    case Fate::Drop: ++tally_.dropped; return {};
    case Fate::Duplicate: ++tally_.duplicated; return {std::string(message), std::string(message)};
    case Fate::Corrupt: return {corrupted(message)};
    case Fate::Swap:
      lane.held = message;
      lane.flush_at = now + kHold;
      return {};
  }
  return {};
}

std::optional<std::string> Mischief::flush(Lane& lane) {
  if (lane.held) ++tally_.flushed;
  return std::exchange(lane.held, std::nullopt);
}

Mischief::Fate Mischief::draw() {
  double left = static_cast<double>(random_() >> 11) * 0x1p-53;  // [0, 1)
  if ((left -= rates_.drop) < 0) return Fate::Drop;
  if ((left -= rates_.duplicate) < 0) return Fate::Duplicate;
  if ((left -= rates_.corrupt) < 0) return Fate::Corrupt;
  if ((left -= rates_.swap) < 0) return Fate::Swap;
  return Fate::Echo;
}

std::string Mischief::corrupted(std::string_view message) {
  std::string bytes(message);
  if (bytes.empty()) return bytes;
  const std::uint64_t number = random_();
  char& byte = bytes[(number >> 8) % bytes.size()];
  byte = static_cast<char>(byte ^ static_cast<char>(1 + (number & 0xff) % 255));  // never the same
  ++tally_.corrupted;
  return bytes;
}

}  // namespace sockspec::bench
