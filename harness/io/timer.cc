#include "io/timer.h"

#include <algorithm>
#include <memory>

namespace sockspec::io {

Timer::Timer(Loop& loop, std::function<void()> callback)
    : loop_(loop), callback_(std::move(callback)) {
  int status = 0;
  timer_ = open_handle<uv_timer_t>(loop.get(), uv_timer_init, this, &status);
  assert(status == 0);  // uv_timer_init cannot fail
}

void Timer::start(Duration wait) {
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(std::max(wait, Duration::zero()));
  uv_update_time(loop_.get());  // the loop's clock is as old as this turn; the deadline is not
  uv_timer_start(
      timer_.get(),
      [](uv_timer_t* timer) {
        const auto* self = static_cast<Timer*>(timer->data);
        if (!self) return;
        const auto callback = self->callback_;  // it may destroy the timer
        callback();
      },
      static_cast<std::uint64_t>(ms.count()), 0);
}

void Timer::stop() { uv_timer_stop(timer_.get()); }

void soon(Loop& loop, std::function<void()> callback) {
  auto timer = std::make_shared<std::unique_ptr<Timer>>();
  *timer = std::make_unique<Timer>(loop, [timer, callback = std::move(callback)] {
    const auto ended = std::move(*timer);
    callback();
  });
  (*timer)->start(Duration::zero());
}

}  // namespace sockspec::io
