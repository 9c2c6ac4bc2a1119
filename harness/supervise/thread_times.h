// What each thread of a server has done with its time so far, as Linux tells it: proc_pid_stat(5)
// and proc_pid_schedstat(5).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "supervise/process_table.h"

namespace sockspec::supervise {

struct ThreadTimes {
  pid_t id = 0;
  Duration ran{};     // on a processor
  Duration waited{};  // wanted one and had none
  char state = '?';   // as in /proc/PID/task/TID/stat; '?' where it could not be read
};

struct Threads {
  std::vector<ThreadTimes> living;
  bool all = true;  // none ended while it was looked at, and the system tells
};

// The folder of each thread in /proc. False where they could not all be listed.
bool each_thread(const ProcessInfo& process,
                 const std::function<void(const std::filesystem::path&)>& visit);

Threads threads_of(const std::vector<ProcessInfo>& family);

// The parts, from the text of the files. Pure.
bool parse_schedstat(std::string_view schedstat, ThreadTimes& into);
char state_in(std::string_view stat);

}  // namespace sockspec::supervise
