// ProbePlayer: plays one probe over sockets and keeps what was seen.
//
// Translates: acts become calls of io::Peer, its events become what was seen. What a probe means is
// core/learn.h's business. Lives on the loop's thread and may be destroyed at any time.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/probe.h"
#include "io/peer.h"
#include "io/timer.h"

namespace sockspec::check {

struct ProbeTarget {
  Transport transport = Transport::Tcp;
  io::Address address;
  io::CloseAfterEnd close_after_end = io::CloseAfterEnd::Fin;
  double scale = 1.0;  // times are multiplied by it
};

class ProbePlayer {
 public:
  // Called exactly once, not from inside start(); it may destroy the player.
  using Done = std::function<void(Observation)>;

  ProbePlayer(io::Loop& loop, const ProbeTarget& target, Probe probe, Done done);

  void start();

  // The server has ended: what is left of the probe is not done.
  void server_gone(Message how);

 private:
  struct Client {
    std::unique_ptr<io::Peer> peer;
    std::string bytes;  // that came and belong to no act yet
    std::size_t datagrams = 0;
    std::size_t kept = 0;
    bool connected = false;
    Standing standing = Standing::Open;
  };

  void begin_act();
  void perform(const Act& act);
  void took(std::size_t client, const decltype(Event::what)& what);
  void look();
  void end_act(bool done);
  void finish();
  void wait(Duration duration);

  io::Loop& loop_;
  ProbeTarget target_;
  Done done_;
  Observation observation_;
  std::vector<Client> clients_;
  std::size_t at_ = 0;
  bool listening_ = false;
  std::uint64_t act_began_ns_ = 0;
  io::Timer turn_;      // begins the next act, outside of the peers' calls
  io::Timer listened_;  // the act has listened for long enough
};

}  // namespace sockspec::check
