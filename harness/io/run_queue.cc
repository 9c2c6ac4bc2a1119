#include "io/run_queue.h"

#include <ctime>
#include <fstream>

namespace sockspec::io {

RunQueue RunQueue::of_this_thread() {
  std::ifstream file("/proc/thread-self/schedstat");
  std::int64_t ran = 0;
  std::int64_t waited = 0;
  std::uint64_t times = 0;
  if (!(file >> ran >> waited >> times)) return {};
  return {Duration(waited), times};
}

Duration RunQueue::mean_wait_since(const RunQueue& before) const {
  if (times <= before.times) return {};
  return (waited - before.waited) / static_cast<std::int64_t>(times - before.times);
}

Duration cpu_of_this_thread() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace sockspec::io
