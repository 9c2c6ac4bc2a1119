#include "supervise/thread_times.h"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace sockspec::supervise {
namespace {

// Both files have one. Empty where the thread has ended, which a stream buffer by itself would
// throw about.
std::string line_of(const std::filesystem::path& path) {
  std::string line;
  std::getline(std::ifstream(path), line);
  return line;
}

std::optional<ThreadTimes> thread_in(const std::filesystem::path& folder) {
  ThreadTimes thread;
  if (!parse_schedstat(line_of(folder / "schedstat"), thread)) return std::nullopt;
  thread.id = static_cast<pid_t>(std::atoi(folder.filename().c_str()));
  thread.state = state_in(line_of(folder / "stat"));
  return thread;
}

}  // namespace

bool parse_schedstat(std::string_view schedstat, ThreadTimes& into) {
  std::istringstream figures{std::string(schedstat)};
  std::int64_t ran = 0, waited = 0;
  if (!(figures >> ran >> waited)) return false;
  into.ran = Duration(ran);
  into.waited = Duration(waited);
  return true;
}

char state_in(std::string_view stat) {
  ProcessInfo info;
  return parse_stat(stat, info) ? info.state : '?';
}

bool each_thread(const ProcessInfo& process,
                 const std::function<void(const std::filesystem::path&)>& visit) {
  std::error_code error;
  const std::string folder = "/proc/" + std::to_string(process.pid) + "/task";
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    visit(entry->path());
  return !error;
}

Threads threads_of(const std::vector<ProcessInfo>& family) {
  Threads threads;
  for (const ProcessInfo& process : family) {
    if (process.state == 'Z') continue;
    const bool listed = each_thread(process, [&](const std::filesystem::path& folder) {
      const std::optional<ThreadTimes> thread = thread_in(folder);
      if (thread) threads.living.push_back(*thread);
      threads.all = threads.all && thread;
    });
    threads.all = threads.all && listed;
  }
  return threads;
}

}  // namespace sockspec::supervise
