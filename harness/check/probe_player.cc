#include "check/probe_player.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/match.h"

namespace sockspec::check {
namespace {

using namespace std::chrono_literals;

constexpr Duration kConnectLimit = 3s;
constexpr Duration kLongestAnswer = 5s;  // of one that never pauses

Standing standing_of(const event::Broke& broke) {
  switch (broke.breakage) {
    case Breakage::Refused: return Standing::Refused;
    case Breakage::Reset: return Standing::Reset;
    case Breakage::TimedOut:
    case Breakage::Unreachable:
    case Breakage::NoDescriptors:
    case Breakage::NoPorts:
    case Breakage::NoBuffers:
    case Breakage::TooLong:
    case Breakage::Other: return Standing::Broke;
  }
  return Standing::Broke;
}

}  // namespace

ProbePlayer::ProbePlayer(io::Loop& loop, const ProbeTarget& target, Probe probe, Done done)
    : loop_(loop),
      target_(target),
      done_(std::move(done)),
      observation_{std::move(probe), {}},
      turn_(loop, [this] { begin_act(); }),
      listened_(loop, [this] { end_act(true); }) {
  std::size_t clients = 0;
  for (const Act& act : observation_.probe.acts) clients = std::max(clients, act.client + 1);
  clients_.resize(clients);
}

void ProbePlayer::start() { turn_.start(0ms); }

void ProbePlayer::server_gone(Message how) {
  if (!observation_.gone) observation_.gone = std::move(how);
}

void ProbePlayer::begin_act() {
  if (at_ == observation_.probe.acts.size()) return finish();
  const Act& act = observation_.probe.acts[at_];
  act_began_ns_ = uv_hrtime();
  listening_ = true;
  const Client& client = clients_[act.client];
  const bool left =
      client.standing != Standing::Open || (!client.peer && act.kind != Act::Kind::Connect);
  if (left) return end_act(false);
  // Performing may already tell of an end.
  wait(act.kind == Act::Kind::Connect ? std::max(kConnectLimit, act.patience) : act.patience);
  perform(act);
  if (listening_) look();
}

void ProbePlayer::perform(const Act& act) {
  Client& client = clients_[act.client];
  switch (act.kind) {
    case Act::Kind::Connect:
      client.peer = io::make_peer(
          target_.transport, loop_, target_.address, target_.close_after_end,
          [this, number = act.client](const decltype(Event::what)& what) { took(number, what); });
      return client.peer->connect({});
    case Act::Kind::Send: return client.peer->write(SharedBytes(act.bytes));
    case Act::Kind::HalfClose: return client.peer->half_close();
    case Act::Kind::Listen: return;
    case Act::Kind::Close: return client.peer->close();
  }
}

void ProbePlayer::took(std::size_t number, const decltype(Event::what)& what) {
  Client& client = clients_[number];
  std::visit(Match{[&](const event::Connected&) { client.connected = true; },
                   [&](const event::Received& received) {
                     client.bytes += received.bytes;
                     client.kept += received.bytes.size();
                     ++client.datagrams;
                     if (client.kept >= kMostKept && client.peer) client.peer->pause();
                   },
                   [&](const event::Ended&) { client.standing = Standing::Ended; },
                   [&](const event::Broke& broke) { client.standing = standing_of(broke); },
                   [](const auto&) {}},
             what);
  const bool ours = listening_ && observation_.probe.acts[at_].client == number;
  const bool news = !std::holds_alternative<event::Sent>(what);
  if (ours && news) look();
}

// What has come to the client of this act, and does it go on listening?
void ProbePlayer::look() {
  const Act& act = observation_.probe.acts[at_];
  const Client& client = clients_[act.client];
  if (client.standing != Standing::Open) return wait(0ms);
  if (act.kind == Act::Kind::Connect && !client.connected) return;
  const bool enough = act.enough > 0 && client.bytes.size() >= act.enough;
  if (act.patience == Duration::zero() || enough || client.kept >= kMostKept) return wait(0ms);
  if (client.bytes.empty() && client.datagrams == 0) return wait(act.patience);
  const Duration listened(uv_hrtime() - act_began_ns_);
  wait(listened > kLongestAnswer ? Duration::zero() : kSettle);
}

void ProbePlayer::wait(Duration duration) {
  listened_.start(std::chrono::duration_cast<Duration>(duration * target_.scale));
}

void ProbePlayer::end_act(bool done) {
  listening_ = false;
  listened_.stop();
  Client& client = clients_[observation_.probe.acts[at_].client];
  Seen seen;
  seen.done = done;
  seen.bytes = std::exchange(client.bytes, {});
  seen.datagrams = std::exchange(client.datagrams, 0);
  seen.standing = client.standing;
  seen.listened = Duration(uv_hrtime() - act_began_ns_);
  // A connection that was never made in time.
  const bool connect = observation_.probe.acts[at_].kind == Act::Kind::Connect;
  if (done && connect && !client.connected && client.standing == Standing::Open)
    seen.standing = client.standing = Standing::Broke;
  observation_.seen.push_back(std::move(seen));
  ++at_;
  turn_.start(0ms);
}

void ProbePlayer::finish() {
  for (Client& client : clients_) {
    if (client.peer) client.peer->close();
  }
  const auto done = std::exchange(done_, nullptr);
  if (done) done(std::move(observation_));
}

}  // namespace sockspec::check
