#include "supervise/rest.h"

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr int kIdle = 50;  // one part in so many of the time is used at most

// Who looks less often was kept from running itself, and has not read what came either.
constexpr Duration kLongestGap = 400ms;

}  // namespace

std::optional<Activity> activity_of(const Threads& threads) {
  if (!threads.all || threads.living.empty()) return std::nullopt;
  Activity total;
  for (const ThreadTimes& thread : threads.living) {
    total.active += thread.ran + thread.waited;
    total.asleep = total.asleep && thread.state == 'S';
  }
  return total;
}

void Rest::look(Instant now, const std::optional<Activity>& seen) {
  // What ended took its figures with it: nobody knows what it did last.
  const bool lost = seen && !looks_.empty() && seen->active < looks_.back().active;
  const bool overslept = !looks_.empty() && now - looks_.back().at > kLongestGap;
  if (!seen || !seen->asleep || lost || overslept) looks_.clear();
  if (seen && seen->asleep) looks_.push_back({now, seen->active});
}

Duration Rest::rested() const {
  Duration rested{};
  for (auto look = looks_.rbegin(); look != looks_.rend(); ++look) {
    const Duration slept = looks_.back().at - look->at;
    if ((looks_.back().active - look->active) * kIdle > slept) break;
    rested = slept;
  }
  return rested;
}

}  // namespace sockspec::supervise
