#include "reference-servers/tcp_listener.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <utility>

namespace sockspec::reference {
namespace {

constexpr int kAcceptsPerTurn = 64;  // a storm of connects must not starve the connected
constexpr std::uint64_t kRetryMs = 50;

}  // namespace

TcpListener::TcpListener(uv_loop_t* loop, FileDescriptor socket, OnClient on_client)
    : socket_(std::move(socket)), on_client_(std::move(on_client)) {
  retry_ = open_handle<uv_timer_t>(this, &status_,
                                   [&](uv_timer_t* bare) { return uv_timer_init(loop, bare); });
  if (status_ != 0) return;
  readable_ = open_handle<uv_poll_t>(
      this, &status_, [&](uv_poll_t* bare) { return uv_poll_init(loop, bare, socket_.get()); });
  if (status_ == 0) status_ = uv_poll_start(readable_.get(), UV_READABLE, on_readable);
}

void TcpListener::on_readable(uv_poll_t* poll, int status, int) {
  auto* self = owner_of<TcpListener>(poll);
  if (!self) return;
  if (status == 0) {
    self->accept_waiting();
  } else {
    self->pause();
  }
}

void TcpListener::on_retry(uv_timer_t* timer) {
  if (auto* self = owner_of<TcpListener>(timer)) self->resume();
}

void TcpListener::accept_waiting() {
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    FileDescriptor client(accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (client) {
      on_client_(std::move(client));
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR && errno != ECONNABORTED) {
      // Out of descriptors or memory, most likely. The backlog stays readable, so without a pause
      // the loop would spin.
      return pause();
    }
  }
}

void TcpListener::pause() {
  uv_poll_stop(readable_.get());
  uv_timer_start(retry_.get(), on_retry, kRetryMs, 0);
}

void TcpListener::resume() {
  if (uv_poll_start(readable_.get(), UV_READABLE, on_readable) != 0) pause();
}

}  // namespace sockspec::reference
