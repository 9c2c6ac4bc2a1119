// Conversation: what it does not finish within its budget, or, half-way, could not any more.
#include "core/conversation.h"

namespace sockspec {

// After a quarter, when the kernel's buffers have taken what they can; half-way, when it is asked
// once whether the other half can suffice; and at the end.
Instant Conversation::next_look_at_budget() const {
  return quarters_ < 2 ? script_.budget / 4 * (quarters_ + 1) : script_.budget;
}

bool Conversation::out_of_time(Instant now) {
  if (now >= script_.budget) return true;
  if (now < next_look_at_budget() || at_ >= script_.moves.size() || !begun_) return false;
  const std::uint64_t missing = bytes_to_come();
  if (++quarters_ == 1) return pace_.mark(now, missing), false;
  return !pace_.suffices(now, missing, replies_to_follow(), script_.budget - now);
}

// In the move we are on, whichever way they go. What is not yet sent has no reply yet that is owed.
std::uint64_t Conversation::bytes_to_come() const {
  const bool sends = std::holds_alternative<move::Send>(move().what);
  if (!sends && !std::holds_alternative<move::AwaitReply>(move().what)) return 0;
  std::uint64_t bytes = 0;
  for (const std::size_t peer : move().peers)
    bytes += peers_[peer].queued - peers_[peer].taken + (sends ? 0 : missing(peer));
  return bytes;
}

// At least: rounds that may be left out are not counted.
std::size_t Conversation::replies_to_follow() const {
  std::size_t replies = 0;
  for (std::size_t i = at_ + 1; i < script_.moves.size();) {
    const Move& next = script_.moves[i];
    if (std::holds_alternative<move::AwaitReply>(next.what)) ++replies;
    i = next.enough ? next.after_rounds : i + 1;
  }
  return replies;
}

}  // namespace sockspec
