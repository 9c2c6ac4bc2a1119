#include "supervise/resources.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>
#include <string>

#include "supervise/socket_table.h"
#include "supervise/thread_times.h"

namespace sockspec::supervise {
namespace {

using Figure = std::optional<std::uint64_t>;

std::string proc_path(pid_t pid, const char* name) {
  return "/proc/" + std::to_string(pid) + "/" + name;
}

Figure descriptors_of(const ProcessInfo& process) {
  std::error_code error;
  std::uint64_t count = 0;
  std::filesystem::directory_iterator entry(proc_path(process.pid, "fd"), error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) ++count;
  return error ? Figure() : Figure(count);
}

// proc_pid_stat(5): utime, stime, and those of children that were waited for, are the fields 14 to
// 17. The name, field 2, may hold spaces and ends with the last parenthesis.
Figure cpu_of(const ProcessInfo& process) {
  std::ifstream file(proc_path(process.pid, "stat"));
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  std::istringstream rest(line.substr(std::min(line.size(), line.rfind(')') + 1)));
  std::string skipped;
  for (int field = 3; field < 14; ++field) rest >> skipped;
  std::uint64_t ticks = 0;
  for (int field = 14; field <= 17; ++field) {
    std::uint64_t part = 0;
    rest >> part;
    ticks += part;
  }
  if (!rest) return std::nullopt;
  return ticks * (1'000'000'000ULL / static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK)));
}

// proc_pid_smaps(5): of a page that several processes have each counts its part, so that what a
// forked child still shares with its parent counts once.
Figure anonymous_share_of(const ProcessInfo& process) {
  std::ifstream file(proc_path(process.pid, "smaps_rollup"));
  for (std::string key; file >> key;
       file.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
    std::uint64_t kib = 0;
    if (key == "Pss_Anon:" && file >> kib) return kib * 1024;
  }
  return std::nullopt;
}

// proc_pid_statm(5), where there is no smaps_rollup: what is resident and of no file.
Figure memory_of(const ProcessInfo& process) {
  if (const Figure share = anonymous_share_of(process)) return share;
  std::ifstream file(proc_path(process.pid, "statm"));
  std::uint64_t size = 0, resident = 0, shared = 0;
  if (!(file >> size >> resident >> shared)) return std::nullopt;
  return (resident - std::min(resident, shared)) *
         static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

Figure sum(const std::vector<ProcessInfo>& family, Figure (*of)(const ProcessInfo&)) {
  Figure total;
  for (const ProcessInfo& process : family) {
    if (process.state == 'Z') continue;
    if (const Figure part = of(process)) total = total.value_or(0) + *part;
  }
  return total;
}

Figure switches_of_thread(const std::filesystem::path& folder) {
  std::ifstream file(folder / "status");
  Figure total;
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    const std::string name = line.substr(0, colon);
    if (name != "voluntary_ctxt_switches" && name != "nonvoluntary_ctxt_switches") continue;
    std::uint64_t part = 0;
    if (std::istringstream(line.substr(colon + 1)) >> part) total = total.value_or(0) + part;
  }
  return total;
}

Figure switches_of(const ProcessInfo& process) {
  Figure total;
  each_thread(process, [&](const std::filesystem::path& folder) {
    if (const Figure part = switches_of_thread(folder)) total = total.value_or(0) + *part;
  });
  return total;
}

// One whose parent has ended, too, is init's to wait for, or ours; no server can.
std::uint64_t zombies_of(const std::vector<ProcessInfo>& family) {
  std::set<pid_t> members;
  for (const ProcessInfo& process : family) members.insert(process.pid);
  const auto left_behind = [&](const ProcessInfo& process) {
    return process.state == 'Z' && members.contains(process.parent);
  };
  return static_cast<std::uint64_t>(std::count_if(family.begin(), family.end(), left_behind));
}

}  // namespace

std::optional<std::uint64_t> measure(Resource resource, const std::vector<ProcessInfo>& family,
                                     const io::Address& server) {
  switch (resource) {
    case Resource::Descriptors: return sum(family, descriptors_of);
    case Resource::CloseWait: return close_wait_count(server.port());
    case Resource::Cpu: return sum(family, cpu_of);
    case Resource::Memory: return sum(family, memory_of);
    case Resource::Zombies: return zombies_of(family);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> context_switches(const std::vector<ProcessInfo>& family) {
  return sum(family, switches_of);
}

std::uint64_t cpu_of_descendants_ns() {
  rusage waited_for{};
  getrusage(RUSAGE_CHILDREN, &waited_for);
  const auto ns_of = [](const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(time.tv_usec) * 1'000U;
  };
  const std::uint64_t of_the_living = sum(own_descendants(), cpu_of).value_or(0);
  return ns_of(waited_for.ru_utime) + ns_of(waited_for.ru_stime) + of_the_living;
}

}  // namespace sockspec::supervise
