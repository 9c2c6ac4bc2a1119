// Signals: SIGINT, SIGTERM and SIGHUP on the loop, while it lives.
#pragma once

#include <functional>
#include <vector>

#include "io/uv_own.h"

namespace sockspec::cli {

class Signals {
 public:
  Signals(io::Loop& loop, std::function<void(int)> on_signal);

  // Lets the loop end.
  void stop() { handles_.clear(); }

  // Lets the loop end, and hears signals until then.
  void release();

 private:
  std::function<void(int)> on_signal_;
  std::vector<io::Handle<uv_signal_t>> handles_;
};

}  // namespace sockspec::cli
