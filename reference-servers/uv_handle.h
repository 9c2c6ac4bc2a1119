// Ownership of libuv handles. The rules of libuv that this file turns into a type:
//   - after a successful init, uv_close() must be called exactly once;
//   - the memory must outlive the close callback, which runs on a later turn of the loop;
//   - requests in flight still call back (UV_ECANCELED), before the close callback does.
#pragma once

#include <uv.h>

#include <memory>

namespace sockspec::reference {

// The owner may die at any time, even inside a callback of the handle: its end clears data, so that
// late callbacks find no owner, and leaves the memory to libuv to free.
template <class T>
struct CloseLater {
  void operator()(T* handle) const {
    handle->data = nullptr;
    uv_close(reinterpret_cast<uv_handle_t*>(handle),
             [](uv_handle_t* closed) { delete reinterpret_cast<T*>(closed); });
  }
};

template <class T>
using Handle = std::unique_ptr<T, CloseLater<T>>;

// A new handle whose data is owner, or null with *status set to libuv's (negative) error. init is
// called with the bare handle: [&](uv_tcp_t* tcp) { return uv_tcp_init(loop, tcp); }. A handle
// whose init failed was never libuv's and is simply deleted.
template <class T, class Init>
Handle<T> open_handle(void* owner, int* status, Init init) {
  auto bare = std::make_unique<T>();
  *status = init(bare.get());
  if (*status != 0) return nullptr;
  bare->data = owner;
  return Handle<T>(bare.release());
}

// The object that a handle (or the handle of a request) calls back, or null when it died first and
// libuv is only returning what it borrowed.
template <class Owner, class T>
Owner* owner_of(const T* handle) {
  return static_cast<Owner*>(handle->data);
}

}  // namespace sockspec::reference
