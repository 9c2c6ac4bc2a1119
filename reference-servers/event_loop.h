// EventLoop: the one libuv loop of a server, which runs until the process is told to stop.
#pragma once

#include <uv.h>

#include "reference-servers/uv_handle.h"

namespace sockspec::reference {

// Must outlive every handle opened on it. Takes over SIGTERM and SIGINT while it lives, and leaves
// SIGPIPE ignored: a client that is gone has to be an error of one write (EPIPE), not the end of
// the server (F11). Not thread-safe; one per process, because signals are.
class EventLoop {
 public:
  EventLoop();
  // Runs the close callbacks that are due. A handle that somebody leaked is a bug, not an error:
  // it ends the process with a message (SIGABRT).
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // 0, or libuv's error, for instance when no descriptor is free; then nothing but the destructor
  // may be used.
  int status() const { return status_; }

  uv_loop_t* get() { return &loop_; }

  // Returns after SIGTERM or SIGINT, also one that came before the call. Handles stay open.
  void run();

 private:
  static void on_stop_signal(uv_signal_t* signal, int number);
  Handle<uv_signal_t> stop_on(int number);

  uv_loop_t loop_{};
  int status_;
  bool usable_;  // uv_loop_init succeeded, whatever came after it
  bool stopped_ = false;
  Handle<uv_signal_t> terminate_, interrupt_;
};

// Says on standard error that libuv refused with this error; returns the exit code, 1.
int cannot_start(int status);

}  // namespace sockspec::reference
