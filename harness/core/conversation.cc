#include "core/conversation.h"

#include <algorithm>
#include <utility>

#include "core/match.h"

namespace sockspec {
namespace {

using namespace std::chrono_literals;

constexpr int kMostExtensions = 10;  // a move may take so many times its limit while bytes flow
constexpr std::size_t kMostUnasked = 1024 * 1024;  // bytes kept beyond those expected literally
constexpr Duration kLastWords = 100ms;             // for what a dead server's kernel still delivers

}  // namespace

Conversation::Conversation(Script script) : script_(std::move(script)) {
  for (const PeerName& name : script_.peers) {
    peers_.emplace_back(script_.profile);
    peers_.back().literal = name.literal;
    peers_.back().most_unread = kMostUnasked;
  }
  for (const Move& move : script_.moves) {
    const auto* await = std::get_if<move::AwaitBytes>(&move.what);
    if (!await) continue;
    for (const std::size_t peer : move.peers) peers_[peer].most_unread += await->bytes.size();
  }
}

Output Conversation::step(Instant now, const Event& event) {
  if (finished_) return {};
  output_ = {};
  now_ = now;
  tick_ = std::holds_alternative<event::Tick>(event.what);
  observe(now, event);
  if (!finished_) advance(now);
  if (!finished_) output_.wake_at = std::min(deadline(), next_look_at_budget());
  return std::move(output_);
}

// Only a Tick can be too late: where other events wait to be told, bytes that the kernel took or
// the server sent in time may be among them.
void Conversation::advance(Instant now) {
  if (tick_ && out_of_time(now)) too_slow_ = now, finish();
  while (!finished_ && at_ < script_.moves.size()) {
    if (!begun_) skip_what_is_moot(now);
    if (at_ >= script_.moves.size()) break;
    if (!begun_) begin_move(now);
    if (std::optional<Failure> failure = find_failure()) {
      fail(now, std::move(*failure));
    } else if (poll() == Progress::Done) {
      finish_move(now);
    } else if (tick_ && now >= deadline()) {
      on_deadline(now);
    } else {
      return;
    }
  }
  if (!finished_) finish();
}

// Rounds that a slow server has no time for, and peers that nobody looks at any more.
void Conversation::skip_what_is_moot(Instant now) {
  while (at_ < script_.moves.size()) {
    Move& next = script_.moves[at_];
    if (next.enough && now >= *next.enough) {
      at_ = next.after_rounds;
      continue;
    }
    const bool had_peers = !next.peers.empty();
    std::erase_if(next.peers, [&](std::size_t peer) { return peers_[peer].muted; });
    if (!had_peers || !next.peers.empty()) return;
    ++at_;
  }
}

void Conversation::begin_move(Instant now) {
  begun_ = true;
  move_began_ = last_progress_ = now;
  for (const std::size_t peer : move().peers) start_on(peer);
  pace_.mark(now, bytes_moved());
  if (server_move()) begin_server_move(now);
}

void Conversation::start_on(std::size_t peer) {
  PeerState& state = peers_[peer];
  const bool there =
      state.link == PeerState::Link::Connecting || state.link == PeerState::Link::Open;
  const bool ours = std::holds_alternative<move::Connect>(move().what) ||
                    std::holds_alternative<move::Send>(move().what);
  if (!there && !ours) return;  // what is closed is not closed again
  std::visit(Match{
                 [&](const move::Connect& connect) {
                   state.link = PeerState::Link::Connecting;
                   act(peer, action::Connect{connect.options});
                 },
                 [&](const move::Send&) {
                   state.next_piece = 0;
                   state.watching = state.queue_empty = false;
                 },
                 [&](const move::HalfClose&) { act(peer, action::HalfClose{}); },
                 [&](const move::Reset&) {
                   act(peer, action::Reset{});
                   state.link = PeerState::Link::Closed;
                 },
                 [&](const move::Close&) {
                   act(peer, action::Close{});
                   state.link = PeerState::Link::Closed;
                 },
                 [&](const move::Pause&) { act(peer, action::Pause{}); },
                 [&](const move::Resume&) { act(peer, action::Resume{}); },
                 [&](const move::Urgent& urgent) { act(peer, action::Urgent{urgent.byte}); },
                 [](const auto&) {},
             },
             move().what);
}

// Wrong bytes are wrong at whatever move they come; the rest is judged for the move we are on.
std::optional<Conversation::Failure> Conversation::find_failure() const {
  for (std::size_t peer = 0; some_differ_ && peer < peers_.size(); ++peer) {
    if (auto failure = wrong_bytes(peer)) return failure;
  }
  for (const std::size_t peer : move().peers) {
    if (auto failure = judge(peer)) return failure;
  }
  return server_move() ? judge_server() : std::nullopt;
}

Conversation::Progress Conversation::poll() {
  if (timed_move()) return Progress::Waiting;
  if (server_move()) return server_move_done() ? Progress::Done : Progress::Waiting;
  bool all = true;
  for (std::size_t place = 0; place < move().peers.size(); ++place) all = peer_done(place) && all;
  return all ? Progress::Done : Progress::Waiting;
}

bool Conversation::peer_done(std::size_t place) {
  PeerState& peer = peers_[move().peers[place]];
  return std::visit(
      Match{
          [&](const move::Connect&) { return peer.link == PeerState::Link::Open; },
          [&](const move::Send& send) { return send_done(place, send); },
          [&](const move::AwaitReply& await) {
            if (peer.oracle.judged_at_end()) return peer.gone();
            return await.bytes > 0 ? peer.oracle.bytes_received() >= await.bytes
                                   : peer.oracle.settled();
          },
          [&](const move::AwaitBytes& await) { return peer.unread.size() >= await.bytes.size(); },
          [&](const move::AwaitEnd&) { return peer.gone(); },
          [](const auto&) { return true; },
      },
      move().what);
}

bool Conversation::timed_move() const {
  return std::holds_alternative<move::Quiet>(move().what) ||
         std::holds_alternative<move::Hold>(move().what);
}

void Conversation::finish_move(Instant now) {
  if (std::holds_alternative<move::AwaitReply>(move().what)) pace_.replied(now - move_began_);
  pass_check(now);
  leave_move();
}

void Conversation::leave_move() {
  if (const auto* await = std::get_if<move::AwaitBytes>(&move().what)) {
    for (const std::size_t peer : move().peers) peers_[peer].unread.erase(0, await->bytes.size());
  }
  ++at_;
  begun_ = false;
}

Instant Conversation::deadline() const {
  const Move& current = move();
  if (timed_move()) return move_began_ + current.within;
  if (server_move()) {
    const Instant end = move_began_ + current.within;
    const bool sampling = std::holds_alternative<move::Sample>(current.what) && !sampling_.asked;
    return sampling ? std::min(end, sampling_.again) : end;
  }
  Duration patience = current.within;
  if (const auto* send = std::get_if<move::Send>(&current.what)) {
    if (send->stalled_after) patience = *send->stalled_after;
    if (only_barrier_left() && send->barrier == Barrier::Received) patience = current.within / 4;
  }
  Instant when =
      std::min(last_progress_ + patience, move_began_ + kMostExtensions * current.within);
  if (gone_at_) when = std::min(when, std::max(*gone_at_, move_began_) + kLastWords);
  return when;
}

void Conversation::on_deadline(Instant now) {
  if (timed_move()) return finish_move(now);
  if (server_move()) {
    if (now < move_began_ + move().within) return ask_for_sample();
    const bool unmeasured = std::holds_alternative<move::Sample>(move().what) && !sampling_.figure;
    if (!unmeasured) return fail(now, server_late());
    sampling_.unknown = true;
    return;
  }
  if (const auto* send = std::get_if<move::Send>(&move().what)) {
    // A queue that nobody empties shows in what follows; not reading is no failure of its own.
    if (only_barrier_left() && send->barrier == Barrier::Received) {
      for (const std::size_t peer : move().peers) peers_[peer].queue_empty = true;
      last_progress_ = now;
      return;
    }
    if (send->stalled_after) {
      if (!send->keep_rest) drop_unsent();
      return finish_move(now);
    }
  }
  for (std::size_t place = 0; place < move().peers.size(); ++place) {
    if (!peer_done(place)) return fail(now, late(move().peers[place]));
  }
}

void Conversation::act(std::size_t peer, decltype(Action::what) what) {
  output_.actions.push_back({peer, std::move(what)});
  record_action(output_.actions.back());
}

}  // namespace sockspec
