// Conversation: taking in what happened, and keeping the transcript.
#include <algorithm>

#include "core/conversation.h"
#include "core/match.h"
#include "core/names.h"

namespace sockspec {
namespace {

constexpr std::size_t kMostWrong = 64 * 1024;       // wrong bytes kept of one event
constexpr std::size_t kPlenty = 10'000;             // entries; then those of a flood are joined
constexpr std::uint64_t kMostJoined = 1024 * 1024;  // bytes in one entry
constexpr std::size_t kWriteExcerpt = 64;           // of a payload: the script makes the rest again

}  // namespace

void Conversation::observe(Instant now, const Event& event) {
  Oracle::Claim claim;
  const bool known = event.peer < peers_.size();
  if (const auto* received = std::get_if<event::Received>(&event.what); received && known) {
    PeerState& peer = peers_[event.peer];
    if (peer.link != PeerState::Link::Open) return;  // closed by us: what comes late is nobody's
    const std::size_t room = room_for_unowed(peer);
    if (!peer.literal && !peer.muted) {
      claim = peer.oracle.received(received->bytes);
      some_differ_ = some_differ_ || peer.oracle.difference();
    }
    record_event(event, claim, room);
    return take_received(now, event.peer, *received);
  }
  record_event(event, claim, 0);
  if (observe_server(now, event) || !known) return;
  PeerState& peer = peers_[event.peer];
  std::visit(Match{
                 [&](const event::Connected&) {
                   if (peer.link != PeerState::Link::Connecting) return;
                   peer.link = PeerState::Link::Open;
                   peer.oracle.connected();
                   last_progress_ = now;
                 },
                 [&](const event::Sent& sent) {
                   account_sent(peer, sent.bytes);
                   last_progress_ = now;
                 },
                 [&](const event::Ended&) { peer.ended = true; },
                 [&](const event::Broke& broke) { take_broke(event.peer, broke); },
                 [&](const event::QueueEmpty&) { peer.queue_empty = peer.watching; },
                 [](const auto&) {},
             },
             event.what);
}

void Conversation::account_sent(PeerState& peer, std::uint64_t bytes) {
  if (script_.profile.transport == Transport::Udp) {
    if (peer.outgoing.empty()) return;
    peer.taken += peer.outgoing.front().size();
    ++peer.datagrams_taken;
    if (!peer.literal) peer.oracle.sent(peer.outgoing.front().view());
    peer.outgoing.pop_front();
    return;
  }
  bytes = std::min(bytes, peer.queued - peer.taken);
  peer.taken += bytes;
  while (bytes > 0 && !peer.outgoing.empty()) {
    SharedBytes& first = peer.outgoing.front();
    const std::size_t part = std::min<std::uint64_t>(bytes, first.size());
    if (!peer.literal) peer.oracle.sent(first.view().substr(0, part));
    bytes -= part;
    if (part == first.size()) {
      peer.outgoing.pop_front();
    } else {
      first = first.slice(part, first.size() - part);
    }
  }
}

void Conversation::take_received(Instant now, std::size_t index, const event::Received& received) {
  PeerState& peer = peers_[index];
  peer.received += received.bytes.size();
  if (!received.from.empty()) peer.foreign_source = received.from;
  if (peer.literal) {
    peer.unread += received.bytes.substr(0, room_for_unowed(peer));
  }
  last_progress_ = now;
}

void Conversation::take_broke(std::size_t index, const event::Broke& broke) {
  PeerState& peer = peers_[index];
  peer.broke = broke;
  if (is_harness_fault(broke.breakage)) {
    harness_fault_ = Message{"harness.call-failed", {{"error", broke.text}}};
    finish();
    return;
  }
  // Over UDP the answer to the first datagram says that nobody listens.
  const bool connecting = peer.link == PeerState::Link::Connecting && broke.call == Call::Connect;
  const bool unheard = script_.profile.transport == Transport::Udp &&
                       broke.breakage == Breakage::Refused && peer.received == 0 &&
                       peer.datagrams_taken <= 1;
  const bool first = index == 0 && (connecting || unheard);
  if (first && broke.breakage != Breakage::Reset) unreachable_ = true;
}

// How many more bytes that are not owed are needed again: by later moves, or by a replay.
std::size_t Conversation::room_for_unowed(const PeerState& peer) const {
  if (peer.muted) return 0;
  if (peer.literal) return peer.most_unread - peer.unread.size();
  return peer.oracle.judged_at_end() ? peer.oracle.text_room() : kMostWrong;
}

void Conversation::record_action(const Action& action) {
  TranscriptEntry entry;
  entry.at = now_;
  entry.peer = action.peer;
  const bool told = std::visit(
      Match{
          [&](const action::Connect&) { return entry.kind = Entry::Connect, true; },
          [&](const action::Write& write) {
            entry.kind = Entry::Write;
            entry.size = write.bytes.size();
            entry.bytes = write.bytes.view().substr(0, kWriteExcerpt);
            return true;
          },
          [&](const action::HalfClose&) { return entry.kind = Entry::HalfClose, true; },
          [&](const action::Reset&) { return entry.kind = Entry::Reset, true; },
          [&](const action::Close&) { return entry.kind = Entry::Close, true; },
          [&](const action::Pause&) { return entry.kind = Entry::Pause, true; },
          [&](const action::Resume&) { return entry.kind = Entry::Resume, true; },
          [&](const action::DropUnsent&) { return entry.kind = Entry::DropUnsent, true; },
          [&](const action::Urgent&) { return entry.kind = Entry::Urgent, true; },
          [&](const action::Server& server) {
            entry.kind = Entry::ServerAct;
            entry.text = name_of(server.act);
            return true;
          },
          [](const action::WatchQueue&) { return false; },
          [](const action::Sample&) { return false; },
      },
      action.what);
  if (told) record(std::move(entry));
}

void Conversation::record_event(const Event& event, const Oracle::Claim& claim, std::size_t room) {
  TranscriptEntry entry;
  entry.at = now_;
  entry.peer = event.peer;
  std::visit(Match{
                 [&](const event::Begin&) { entry.kind = Entry::Begin; },
                 [&](const event::Connected&) { entry.kind = Entry::Connected; },
                 [&](const event::Sent& sent) {
                   entry.kind = Entry::Sent;
                   entry.size = sent.bytes;
                 },
                 [&](const event::Received& received) {
                   entry.kind = Entry::Received;
                   entry.size = received.bytes.size();
                   entry.claim = claim;
                   entry.bytes = received.bytes.substr(claim.owed, room);
                   entry.from = received.from;
                 },
                 [&](const event::Ended&) { entry.kind = Entry::Ended; },
                 [&](const event::Broke& broke) {
                   entry.kind = Entry::Broke;
                   entry.breakage = broke.breakage;
                   entry.call = broke.call;
                   entry.text = broke.text;
                 },
                 [&](const event::QueueEmpty&) { entry.kind = Entry::QueueEmpty; },
                 [&](const event::ServerGone& gone) {
                   entry.kind = Entry::ServerGone;
                   entry.how = gone.how;
                 },
                 [&](const event::Sampled& sampled) {
                   entry.kind = Entry::Sampled;
                   entry.text = name_of(sampled.resource);
                   entry.size = sampled.value.value_or(0);
                   entry.known = sampled.value.has_value();
                 },
                 [&](const event::ServerStarted& started) {
                   entry.kind = Entry::ServerStarted;
                   entry.known = started.listens;
                   entry.how = started.how;
                 },
                 [&](const event::Tick&) { entry.kind = Entry::Tick; },
             },
             event.what);
  record(std::move(entry));
}

// A server that floods us must not fill the memory with entries: what it sends during one move is
// joined, where no byte of it is needed again.
void Conversation::record(TranscriptEntry entry) {
  const auto plain = [](const TranscriptEntry& e) {
    const bool all_or_none = e.claim.owed == 0 || e.claim.owed == e.size;
    return e.kind == Entry::Received && e.bytes.empty() && e.from.empty() && all_or_none;
  };
  const bool flood = transcript_.size() > kPlenty && last_recorded_at_ == at_ &&
                     script_.profile.transport == Transport::Tcp && plain(entry);
  last_recorded_at_ = at_;
  if (!flood || !plain(transcript_.back())) return transcript_.push_back(std::move(entry));
  TranscriptEntry& last = transcript_.back();
  const bool alike = last.peer == entry.peer && last.claim.candidate == entry.claim.candidate &&
                     (last.claim.owed == 0) == (entry.claim.owed == 0) &&
                     last.size + entry.size <= kMostJoined;
  if (!alike) return transcript_.push_back(std::move(entry));
  last.at = entry.at;
  last.size += entry.size;
  last.claim.owed += entry.claim.owed;
}

}  // namespace sockspec
