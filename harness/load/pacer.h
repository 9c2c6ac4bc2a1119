// Pacer: calls back at a moment, to the microsecond.
//
// libuv's timers count milliseconds and may fire early, so the pacer sleeps on a timerfd until a
// margin before the moment and lets the loop turn without waiting for the rest (hybrid). The margin
// follows how late the timerfd has lately been. `spin` never sleeps, `sleep` never spins. Lives on
// the loop's thread; the callback may destroy nothing of it.
#pragma once

#include <functional>

#include "core/load/load_plan.h"
#include "core/time.h"
#include "io/descriptor.h"
#include "io/uv_own.h"

namespace sockspec::load {

class Pacer {
 public:
  Pacer(io::Loop& loop, Pace pace, std::function<void()> due);

  // Error: no timerfd, which means no descriptors. Before anything else.
  Result<Nothing> open();

  // Calls once, at or after this time of CLOCK_MONOTONIC; forgets an earlier wish.
  void wait_until(Duration monotonic);
  void stop();

 private:
  void arm(Duration at);
  void woke();
  void turn();
  void spin(bool on);

  io::Loop& loop_;
  Pace pace_;
  std::function<void()> due_;
  io::Descriptor timer_;
  io::Handle<uv_poll_t> poll_;
  io::Handle<uv_idle_t> idle_;
  Duration wanted_{};
  Duration armed_for_{};
  Duration margin_;
  bool waiting_ = false;
  bool spinning_ = false;
};

}  // namespace sockspec::load
