#include "supervise/memory_of_descendants.h"

#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "io/address.h"
#include "supervise/process_table.h"
#include "supervise/resources.h"

namespace sockspec::supervise {
namespace {

// proc_pid_statm(5): one number to read, where smaps_rollup walks every page.
std::uint64_t resident(const std::vector<ProcessInfo>& processes) {
  std::uint64_t pages = 0;
  for (const ProcessInfo& process : processes) {
    std::ifstream file("/proc/" + std::to_string(process.pid) + "/statm");
    std::uint64_t size = 0, in_memory = 0;
    if (file >> size >> in_memory) pages += in_memory;
  }
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

bool descendants_use_more(pid_t ancestor, std::uint64_t bytes) {
  const std::vector<ProcessInfo> processes = descendants_of(ancestor);
  if (resident(processes) <= bytes) return false;
  const auto nobody = io::Address::numeric("127.0.0.1", 1);
  return measure(Resource::Memory, processes, *nobody).value_or(0) > bytes;
}

}  // namespace sockspec::supervise
