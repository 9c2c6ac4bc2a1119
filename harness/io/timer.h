// Timer: calls back once, after a while. Restarting it forgets the earlier time; destroying it
// cancels. Lives on the loop's thread. The callback may destroy the timer.
#pragma once

#include <functional>

#include "core/time.h"
#include "io/uv_own.h"

namespace sockspec::io {

class Timer {
 public:
  Timer(Loop& loop, std::function<void()> callback);

  // Fires at or after `wait`; libuv counts whole milliseconds, so up to one later.
  void start(Duration wait);
  void stop();

 private:
  Loop& loop_;
  std::function<void()> callback_;
  Handle<uv_timer_t> timer_;
};

// Calls once, in a later turn of the loop: for what must not happen inside the caller, such as the
// end of the object that it is told of. Nothing cancels it: the callback asks whether it still has
// anything to do.
void soon(Loop& loop, std::function<void()> callback);

}  // namespace sockspec::io
