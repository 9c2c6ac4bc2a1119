#include "load/pacer.h"

#include <sys/timerfd.h>

#include <algorithm>
#include <utility>

#include "load/clock.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLeastMargin = 20us;
constexpr Duration kMostMargin = 200us;  // a later timer is a busy machine, not a slow clock

timespec as_timespec(Duration time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  return {static_cast<std::time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

}  // namespace

Pacer::Pacer(io::Loop& loop, Pace pace, std::function<void()> due)
    : loop_(loop), pace_(pace), due_(std::move(due)), margin_(3 * kLeastMargin) {
  int status = 0;
  idle_ = io::open_handle<uv_idle_t>(loop.get(), uv_idle_init, this, &status);
}

Result<Nothing> Pacer::open() {
  timer_ = io::Descriptor(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  int status = timer_ ? 0 : -1;
  if (timer_) {
    const auto init = [this](uv_loop_t* loop, uv_poll_t* poll) {
      return uv_poll_init(loop, poll, timer_.get());
    };
    poll_ = io::open_handle<uv_poll_t>(loop_.get(), init, this, &status);
  }
  if (status != 0) {
    return Error{ErrorKind::Harness,
                 "no timer for pacing: too many open files? (ulimit -n shows the limit)"};
  }
  uv_poll_start(poll_.get(), UV_READABLE, [](uv_poll_t* poll, int, int) {
    if (auto* self = static_cast<Pacer*>(poll->data)) self->woke();
  });
  return Nothing{};
}

void Pacer::wait_until(Duration monotonic) {
  wanted_ = monotonic;
  waiting_ = true;
  if (pace_ == Pace::Spin) return spin(true);
  const Duration margin = pace_ == Pace::Sleep ? Duration::zero() : margin_;
  if (wanted_ - Clock::monotonic() > margin) {
    spin(false);
    return arm(wanted_ - margin);
  }
  spin(true);
}

void Pacer::stop() {
  waiting_ = false;
  spin(false);
}

void Pacer::arm(Duration at) {
  armed_for_ = at;
  itimerspec when{};
  when.it_value = as_timespec(at);
  timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &when, nullptr);
}

// How late the timer was is how early it has to be set: quick to grow, slow to shrink.
void Pacer::woke() {
  std::uint64_t times = 0;
  if (::read(timer_.get(), &times, sizeof times) < 0 || !waiting_) return;
  const Duration late = Clock::monotonic() - armed_for_;
  const Duration wanted = std::clamp(late + kLeastMargin, kLeastMargin, kMostMargin);
  margin_ = wanted > margin_ ? wanted : margin_ - (margin_ - wanted) / 64;
  spin(true);
  turn();
}

void Pacer::turn() {
  if (!waiting_ || Clock::monotonic() < wanted_) return;
  waiting_ = false;
  due_();
  if (!waiting_) spin(false);
}

void Pacer::spin(bool on) {
  if (on == spinning_) return;
  spinning_ = on;
  if (!on) {
    uv_idle_stop(idle_.get());
    return;
  }
  uv_idle_start(idle_.get(), [](uv_idle_t* idle) {
    if (auto* self = static_cast<Pacer*>(idle->data)) self->turn();
  });
}

}  // namespace sockspec::load
