#include "supervise/own_time.h"

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr int kIdle = 50;      // one part in so many of the time is used at most
constexpr int kHindered = 10;  // one part in so many of the time is waited at most

// Who looks less often was kept from running itself, and has not read what came either.
constexpr Duration kLongestGap = 400ms;

}  // namespace

std::optional<Activity> activity_of(const Threads& threads) {
  if (!threads.all || threads.living.empty()) return std::nullopt;
  Activity total;
  for (const ThreadTimes& thread : threads.living) {
    total.ran += thread.ran;
    total.waited += thread.waited;
    total.asleep = total.asleep && thread.state == 'S';
    total.held_up = total.held_up || (thread.state != 'S' && thread.state != 'R');
  }
  return total;
}

void OwnTime::look(Instant now, const std::optional<Activity>& seen, Duration pressure) {
  // What ended took its figures with it: nobody knows what it did last.
  const bool lost =
      seen && !looks_.empty() &&
      (seen->ran < looks_.back().seen.ran || seen->waited < looks_.back().seen.waited);
  const bool overslept = !looks_.empty() && now - looks_.back().at > kLongestGap;
  if (!seen || lost || overslept) looks_.clear();
  if (seen) looks_.push_back({now, *seen, pressure});
}

Duration OwnTime::slept() const {
  Duration slept{};
  for (auto look = looks_.rbegin(); look != looks_.rend() && look->seen.asleep; ++look) {
    const Duration span = looks_.back().at - look->at;
    const Duration active =
        looks_.back().seen.ran + looks_.back().seen.waited - look->seen.ran - look->seen.waited;
    if (active * kIdle > span) break;
    slept = span;
  }
  return slept;
}

Duration OwnTime::free() const {
  Duration free{};
  for (auto look = looks_.rbegin(); look != looks_.rend() && !look->seen.held_up; ++look) {
    const Duration span = looks_.back().at - look->at;
    const Duration kept =
        looks_.back().seen.waited - look->seen.waited + looks_.back().pressure - look->pressure;
    if (kept * kHindered <= span) free = span;
  }
  return free;
}

}  // namespace sockspec::supervise
