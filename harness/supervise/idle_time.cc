#include "supervise/idle_time.h"

#include <sched.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace sockspec::supervise {
namespace {

std::set<int> own_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::set<int> own;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return own;
  for (int i = 0; i < CPU_SETSIZE; ++i) {
    if (CPU_ISSET(i, &set)) own.insert(i);
  }
  return own;
}

}  // namespace

Duration idle_in(std::string_view proc_stat, const std::set<int>& processors,
                 long ticks_per_second) {
  if (ticks_per_second <= 0) return {};
  std::istringstream lines{std::string(proc_stat)};
  std::int64_t ticks = 0;
  for (std::string line; std::getline(lines, line);) {
    for (const int processor : processors) {
      const std::string name = "cpu" + std::to_string(processor) + " ";
      if (!line.starts_with(name)) continue;
      std::istringstream fields(line.substr(name.size()));
      std::int64_t user = 0, nice = 0, system = 0, idle = 0;
      if (fields >> user >> nice >> system >> idle) ticks += idle;
    }
  }
  return Duration(ticks * (1'000'000'000 / ticks_per_second));
}

Duration idle_time() {
  std::ifstream file("/proc/stat");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return idle_in(text, own_processors(), sysconf(_SC_CLK_TCK));
}

}  // namespace sockspec::supervise
