#include "supervise/kept_waiting.h"

#include <algorithm>
#include <utility>

namespace sockspec::supervise {
namespace {

constexpr int kTimesWhatItRan = 20;

}  // namespace

void KeptWaiting::look(const std::vector<ThreadTimes>& living) {
  std::map<pid_t, ThreadTimes> now;
  for (const ThreadTimes& thread : living) {
    ThreadTimes since = thread;
    const auto before = before_.find(thread.id);
    const bool the_same = before != before_.end() && before->second.ran <= thread.ran &&
                          before->second.waited <= thread.waited;
    if (the_same) {
      since.ran -= before->second.ran;
      since.waited -= before->second.waited;
    }
    total_ += std::min(since.waited, since.ran * kTimesWhatItRan);
    now.emplace(thread.id, thread);
  }
  before_ = std::move(now);
}

}  // namespace sockspec::supervise
