#include "io/polled_socket.h"

namespace sockspec::io {

int PolledSocket::open(Loop& loop, Descriptor fd, Owner& owner) {
  fd_ = std::move(fd);
  owner_ = &owner;
  int status = 0;
  const int descriptor = fd_.get();
  poll_ = open_handle<uv_poll_t>(
      loop.get(),
      [descriptor](uv_loop_t* on, uv_poll_t* poll) { return uv_poll_init(on, poll, descriptor); },
      this, &status);
  return -status;
}

void PolledSocket::watch(int events) {
  if (!poll_ || events == events_) return;
  events_ = events;
  if (events == 0) {
    uv_poll_stop(poll_.get());
    return;
  }
  uv_poll_start(poll_.get(), events, [](uv_poll_t* poll, int status, int ready) {
    auto* self = static_cast<PolledSocket*>(poll->data);
    if (!self) return;
    if (status < 0) self->events_ = 0;  // libuv has stopped watching
    self->owner_->ready(status, ready);
  });
}

void PolledSocket::close() {
  if (poll_) uv_poll_stop(poll_.get());
  poll_.reset();
  fd_.reset();
  events_ = 0;
}

std::optional<Address> local_address(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (fd < 0 || getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0)
    return std::nullopt;
  return Address(reinterpret_cast<sockaddr*>(&storage), size);
}

}  // namespace sockspec::io
