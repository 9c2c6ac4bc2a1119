// KeptWaiting: how long the threads of a server wanted a processor that others had. Beside enough
// others even a server that spins uses little of one, and seems to be at rest.
#pragma once

#include <map>
#include <vector>

#include "core/time.h"
#include "supervise/thread_times.h"

namespace sockspec::supervise {

class KeptWaiting {
 public:
  // Of what began and ended between two looks nothing is known.
  void look(const std::vector<ThreadTimes>& living);

  // Of all threads together, up to the last look. Of a thread that hardly ran hardly anything
  // counts: each of its short moments may have to wait for its turn, and it wanted no more.
  Duration total() const { return total_; }

 private:
  std::map<pid_t, ThreadTimes> before_;
  Duration total_{};
};

}  // namespace sockspec::supervise
