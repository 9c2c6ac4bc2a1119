// Conversation: when it is given up, because its budget has not sufficed or, half-way, cannot.
#include <algorithm>
#include <set>

#include "core/conversation.h"

namespace sockspec {

// After a quarter, when the kernel's buffers have taken what they can; half-way, when it is asked
// once whether the other half can suffice; and at the end.
Instant Conversation::next_look_at_budget() const {
  return looks_ < 2 ? script_.budget / 4 * (looks_ + 1) : script_.budget;
}

bool Conversation::out_of_time(Instant now) {
  if (now >= script_.budget) return true;
  if (now < next_look_at_budget() || at_ >= script_.moves.size() || !begun_) return false;
  if (++looks_ == 1) return pace_.mark(now, bytes_moved()), false;
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

bool Conversation::asks(const Move& move) const {
  const bool speaks =
      script_.profile.speaks_first && std::holds_alternative<move::Connect>(move.what);
  return speaks || std::holds_alternative<move::Send>(move.what);
}

// A lower bound: what is asked at the same time may be answered at the same time, and rounds that
// may be left out are. A send that may end by stalling need not send the rest; but the server takes
// no more than it answers, so what it has been sent comes back at the pace at which it is taken.
Pace::Rest Conversation::rest_to_come() const {
  Pace::Rest rest;
  std::set<std::size_t> answered;  // peers
  bool asked = false;
  for (std::size_t i = at_ + 1; i < script_.moves.size();) {
    const Move& next = script_.moves[i];
    i = next.enough ? next.after_rounds : i + 1;
    const bool looked_at = std::any_of(next.peers.begin(), next.peers.end(),
                                       [&](std::size_t peer) { return !peers_[peer].muted; });
    if (next.enough || !looked_at) continue;
    if (asks(next)) asked = true;
    if (!std::holds_alternative<move::AwaitReply>(next.what)) continue;
    answered.insert(next.peers.begin(), next.peers.end());
    rest.replies += asked ? 1 : 0;
    asked = false;
  }
  const auto* const send = std::get_if<move::Send>(&move().what);
  const bool awaits = std::holds_alternative<move::AwaitReply>(move().what);
  for (const std::size_t peer : move().peers) {
    const PeerState& state = peers_[peer];
    const bool may_stall = send && send->stalled_after;
    if (!may_stall) rest.bytes += state.queued - state.taken;
    if (awaits || (may_stall && answered.contains(peer))) rest.bytes += missing(peer);
  }
  return rest;
}

}  // namespace sockspec
