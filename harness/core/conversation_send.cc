// Conversation: sending in pieces, with a barrier between them.
#include "core/conversation.h"

namespace sockspec {

void Conversation::write_piece(std::size_t index, const SharedBytes& bytes) {
  PeerState& peer = peers_[index];
  peer.queued += bytes.size();
  if (script_.profile.transport == Transport::Udp) ++peer.datagrams_queued;
  peer.outgoing.push_back(bytes);
  peer.watching = peer.queue_empty = false;
  act(index, action::Write{bytes});
}

bool Conversation::barrier_met(std::size_t index, Barrier barrier) {
  PeerState& peer = peers_[index];
  switch (barrier) {
    case Barrier::Written: return true;
    case Barrier::Reply: return peer.oracle.settled();
    case Barrier::Received:
      if (peer.gone()) return true;
      if (!peer.watching) {
        peer.watching = true;
        act(index, action::WatchQueue{});
      }
      return peer.queue_empty;
  }
  return true;
}

bool Conversation::send_done(std::size_t place, const move::Send& send) {
  const std::size_t index = move().peers[place];
  PeerState& peer = peers_[index];
  const std::vector<SharedBytes>& pieces = send.pieces[place];
  const bool in_a_row = send.barrier == Barrier::Written;  // the kernel's queue keeps the order
  // A server that speaks first may close before it reads; what follows judges that.
  if (peer.broke && script_.profile.speaks_first) return true;
  while (peer.next_piece < pieces.size()) {
    const bool free =
        peer.next_piece == 0 || in_a_row || (peer.all_taken() && barrier_met(index, send.barrier));
    if (!free) return false;
    write_piece(index, pieces[peer.next_piece++]);
    // Pieces without a barrier go out as calls of their own, but all at once.
    if (!in_a_row && !peer.all_taken()) return false;
  }
  if (peer.ended && script_.profile.speaks_first) return true;
  return peer.all_taken() && barrier_met(index, send.barrier);
}

bool Conversation::only_barrier_left() const {
  for (const std::size_t peer : move().peers) {
    if (!peers_[peer].all_taken()) return false;
  }
  return true;
}

void Conversation::drop_unsent() {
  for (const std::size_t index : move().peers) {
    PeerState& peer = peers_[index];
    if (peer.all_taken()) continue;
    peer.outgoing.clear();
    peer.queued = peer.taken;
    peer.datagrams_queued = peer.datagrams_taken;
    act(index, action::DropUnsent{});
  }
}

}  // namespace sockspec
