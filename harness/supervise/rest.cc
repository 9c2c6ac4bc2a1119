#include "supervise/rest.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr int kIdle = 50;  // one part in so many of the time is used at most

// Who looks less often was kept from running itself, and has not read what came either.
constexpr Duration kLongestGap = 400ms;

// Both files have one. Empty where the thread has ended, which a stream buffer by itself would
// throw about.
std::string line_of(const std::filesystem::path& path) {
  std::string line;
  std::getline(std::ifstream(path), line);
  return line;
}

// A thread that ends while it is looked at is a thread that was at work.
bool add_thread(const std::filesystem::path& folder, Activity& total) {
  const std::optional<Duration> active = active_in(line_of(folder / "schedstat"));
  const char state = state_in(line_of(folder / "stat"));
  if (!active) return false;
  total.active += *active;
  total.asleep = total.asleep && state == 'S';
  return true;
}

}  // namespace

std::optional<Duration> active_in(std::string_view schedstat) {
  std::istringstream figures{std::string(schedstat)};
  std::int64_t ran = 0, waited = 0;
  if (!(figures >> ran >> waited)) return std::nullopt;
  return Duration(ran + waited);
}

char state_in(std::string_view stat) {
  ProcessInfo info;
  return parse_stat(stat, info) ? info.state : '?';
}

std::optional<Activity> activity_of(const std::vector<ProcessInfo>& family) {
  Activity total;
  bool any = false;
  for (const ProcessInfo& process : family) {
    if (process.state == 'Z') continue;
    std::error_code error;
    const std::string folder = "/proc/" + std::to_string(process.pid) + "/task";
    std::filesystem::directory_iterator thread(folder, error);
    for (; !error && thread != std::filesystem::directory_iterator(); thread.increment(error)) {
      if (!add_thread(thread->path(), total)) return std::nullopt;
      any = true;
    }
    if (error) return std::nullopt;
  }
  return any ? std::optional(total) : std::nullopt;
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
