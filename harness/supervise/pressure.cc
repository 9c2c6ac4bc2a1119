#include "supervise/pressure.h"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace sockspec::supervise {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// cgroups(7): "0::/path" in version 2, "4:cpu,cpuacct:/path" in version 1.
std::vector<std::string> cpu_stat_files() {
  std::vector<std::string> files;
  std::istringstream lines(content_of("/proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string path = line.substr(second + 1);
    if (controllers == ",,") files.push_back("/sys/fs/cgroup" + path + "/cpu.stat");
    if (controllers.find(",cpu,") != std::string::npos)
      files.push_back("/sys/fs/cgroup/cpu" + path + "/cpu.stat");
  }
  return files;
}

}  // namespace

Duration stolen_in(std::string_view proc_stat, long ticks_per_second) {
  std::istringstream line{std::string(proc_stat.substr(0, proc_stat.find('\n')))};
  std::string name;
  std::int64_t ticks = 0;
  line >> name;
  if (name != "cpu" || ticks_per_second <= 0) return {};
  for (int field = 1; field <= 8; ++field) line >> ticks;  // user, nice, system … steal
  return line ? Duration(ticks * (1'000'000'000 / ticks_per_second)) : Duration{};
}

Duration throttled_in(std::string_view cpu_stat) {
  std::istringstream lines{std::string(cpu_stat)};
  std::string name;
  for (std::int64_t value = 0; lines >> name >> value;) {
    if (name == "throttled_usec") return std::chrono::microseconds(value);
    if (name == "throttled_time") return Duration(value);
  }
  return {};
}

Duration throttled_now() {
  Duration throttled{};
  for (const std::string& file : cpu_stat_files()) throttled += throttled_in(content_of(file));
  return throttled;
}

Pressure pressure_now() {
  return {stolen_in(content_of("/proc/stat"), sysconf(_SC_CLK_TCK)), throttled_now()};
}

}  // namespace sockspec::supervise
