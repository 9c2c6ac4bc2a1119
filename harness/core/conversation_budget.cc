// Conversation: what it does not finish within its budget, or, half-way, could not any more.
#include <set>

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
  if (++quarters_ == 1) return pace_.mark(now, bytes_moved()), false;
  return !pace_.suffices(now, bytes_moved(), rest_to_come(), script_.budget - now);
}

// In the move we are on, in its direction.
std::uint64_t Conversation::bytes_moved() const {
  const bool sends = std::holds_alternative<move::Send>(move().what);
  std::uint64_t bytes = 0;
  for (const std::size_t peer : move().peers)
    bytes += sends ? peers_[peer].taken : peers_[peer].received;
  return bytes;
}

// Rounds that may be left out are not counted, nor is what need not be sent because a send may end
// by stalling; but what was sent has a reply.
Pace::Rest Conversation::rest_to_come() const {
  Pace::Rest rest;
  std::set<std::size_t> answered;  // peers
  const auto* const send = std::get_if<move::Send>(&move().what);
  if (std::holds_alternative<move::AwaitReply>(move().what))
    answered.insert(move().peers.begin(), move().peers.end());
  for (std::size_t i = at_ + 1; i < script_.moves.size();) {
    const Move& next = script_.moves[i];
    if (std::holds_alternative<move::AwaitReply>(next.what)) {
      ++rest.replies;
      answered.insert(next.peers.begin(), next.peers.end());
    }
    i = next.enough ? next.after_rounds : i + 1;
  }
  for (const std::size_t peer : move().peers) {
    const PeerState& state = peers_[peer];
    if (!send || !send->stalled_after) rest.bytes += state.queued - state.taken;
    if (answered.contains(peer)) rest.bytes += missing(peer);
  }
  return rest;
}

}  // namespace sockspec
