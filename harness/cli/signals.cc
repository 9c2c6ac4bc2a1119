#include "cli/signals.h"

#include <csignal>

namespace sockspec::cli {

Signals::Signals(io::Loop& loop, std::function<void(int)> on_signal)
    : on_signal_(std::move(on_signal)) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    int status = 0;
    auto handle = io::open_handle<uv_signal_t>(loop.get(), uv_signal_init, this, &status);
    if (!handle) continue;
    uv_signal_start(
        handle.get(),
        [](uv_signal_t* signal, int caught) {
          const auto* self = static_cast<Signals*>(signal->data);
          if (self) self->on_signal_(caught);
        },
        number);
    handles_.push_back(std::move(handle));
  }
}

void Signals::release() {
  for (const auto& handle : handles_) uv_unref(reinterpret_cast<uv_handle_t*>(handle.get()));
}

}  // namespace sockspec::cli
