// Ownership of libuv handles. The rules of libuv that this file turns into types:
//   - after a successful init, uv_close() must be called exactly once;
//   - the memory must outlive the close callback, which runs on a later turn of the loop;
//   - requests in flight still call back (UV_ECANCELED) before the close callback does.
#pragma once

#include <uv.h>

#include <cassert>
#include <memory>

namespace sockspec::io {

// The owner may die at any time, even inside the handle's own callback: destruction clears data
// (so late callbacks find no owner) and hands the memory to libuv to free.
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

// init is uv_timer_init, or a lambda of the same shape. A handle whose init failed was never
// libuv's: it is simply deleted, and null comes back with *status set.
template <class T, class Init>
Handle<T> open_handle(uv_loop_t* loop, Init init, void* owner, int* status) {
  auto raw = std::make_unique<T>();
  *status = init(loop, raw.get());
  if (*status != 0) return nullptr;
  raw->data = owner;
  return Handle<T>(raw.release());
}

// Must outlive every handle opened on it. The destructor runs the pending close callbacks; a handle
// somebody leaked makes uv_loop_close() fail, which is a bug of ours and not an error.
class Loop {
 public:
  Loop() {
    const int rc = uv_loop_init(&loop_);
    assert(rc == 0);
    (void)rc;
  }
  ~Loop() {
    uv_run(&loop_, UV_RUN_DEFAULT);
    const int rc = uv_loop_close(&loop_);
    assert(rc == 0 && "a uv handle outlived its owner");
    (void)rc;
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  uv_loop_t* get() { return &loop_; }
  void run() { uv_run(&loop_, UV_RUN_DEFAULT); }

 private:
  uv_loop_t loop_;
};

}  // namespace sockspec::io
