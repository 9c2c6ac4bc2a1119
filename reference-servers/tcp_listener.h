// TcpListener: turns a listening socket into a stream of accepted ones.
#pragma once

#include <functional>

#include "reference-servers/file_descriptor.h"
#include "reference-servers/uv_handle.h"

namespace sockspec::reference {

// Not uv_listen: when descriptors run out, libuv 1.44 either accepts and drops the waiting clients
// or, without its spare descriptor, calls back in an endless loop. This one leaves them in the
// backlog, waits a moment without using CPU, and serves them when descriptors are free again.
// Lives on the loop's thread.
class TcpListener {
 public:
  using OnClient = std::function<void(FileDescriptor)>;  // must not destroy the listener

  // socket: non-blocking and listening.
  TcpListener(uv_loop_t* loop, FileDescriptor socket, OnClient on_client);

  // 0, or libuv's error: then no client will ever come.
  int status() const { return status_; }

 private:
  static void on_readable(uv_poll_t* poll, int status, int events);
  static void on_retry(uv_timer_t* timer);
  void accept_waiting();
  void pause();
  void resume();

  FileDescriptor socket_;  // outlives readable_, which watches it
  OnClient on_client_;
  int status_ = 0;
  Handle<uv_poll_t> readable_;
  Handle<uv_timer_t> retry_;
};

}  // namespace sockspec::reference
