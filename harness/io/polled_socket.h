// PolledSocket: a non-blocking socket watched by the loop. The descriptor is closed only after the
// watcher has been stopped, as libuv asks.
#pragma once

#include <optional>

#include "io/address.h"
#include "io/descriptor.h"
#include "io/uv_own.h"

namespace sockspec::io {

class PolledSocket {
 public:
  // Whom it tells. A load run hears of each reply this way, so no std::function stands between.
  class Owner {
   public:
    virtual void ready(int status, int events) = 0;  // as uv_poll reports; may destroy the socket

   protected:
    ~Owner() = default;
  };

  PolledSocket() = default;
  ~PolledSocket() { close(); }
  PolledSocket(const PolledSocket&) = delete;
  PolledSocket& operator=(const PolledSocket&) = delete;

  // Takes the descriptor over. Returns an errno, or 0. `owner` must outlive the socket.
  int open(Loop& loop, Descriptor fd, Owner& owner);
  void watch(int events);  // UV_READABLE | UV_WRITABLE; 0 watches nothing
  void close();

  bool is_open() const { return static_cast<bool>(fd_); }
  int fd() const { return fd_.get(); }

 private:
  Descriptor fd_;
  Handle<uv_poll_t> poll_;
  Owner* owner_ = nullptr;
  int events_ = 0;
};

// The address that the socket is bound to.
std::optional<Address> local_address(int fd);

}  // namespace sockspec::io
