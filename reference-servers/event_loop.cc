#include "reference-servers/event_loop.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace sockspec::reference {

EventLoop::EventLoop() : status_(uv_loop_init(&loop_)), usable_(status_ == 0) {
  std::signal(SIGPIPE, SIG_IGN);
  if (!usable_) return;
  terminate_ = stop_on(SIGTERM);
  if (status_ == 0) interrupt_ = stop_on(SIGINT);
}

EventLoop::~EventLoop() {
  if (!usable_) return;
  terminate_.reset();
  interrupt_.reset();
  // A few turns, not UV_RUN_DEFAULT: with a leaked handle that would never return.
  for (int turn = 0; turn < 10 && uv_run(&loop_, UV_RUN_NOWAIT) != 0; ++turn) {
  }
  if (uv_loop_close(&loop_) == 0) return;
  std::fputs("sockspec serve: internal error: a libuv handle outlived its owner\n", stderr);
  std::abort();
}

void EventLoop::run() {
  while (!stopped_) uv_run(&loop_, UV_RUN_DEFAULT);
}

Handle<uv_signal_t> EventLoop::stop_on(int number) {
  auto signal = open_handle<uv_signal_t>(
      this, &status_, [&](uv_signal_t* bare) { return uv_signal_init(&loop_, bare); });
  if (signal) status_ = uv_signal_start(signal.get(), on_stop_signal, number);
  return signal;
}

void EventLoop::on_stop_signal(uv_signal_t* signal, int) {
  auto* self = owner_of<EventLoop>(signal);
  if (!self) return;
  self->stopped_ = true;
  uv_stop(&self->loop_);
}

int cannot_start(int status) {
  std::fprintf(stderr, "sockspec serve: cannot start: %s\n", uv_strerror(status));
  return 1;
}

}  // namespace sockspec::reference
