#include "supervise/room_memory.h"

#include <set>
#include <vector>

#include "io/address.h"
#include "supervise/process_table.h"
#include "supervise/resources.h"

namespace sockspec::supervise {
namespace {

// Parents may stand behind their children in the table.
std::vector<ProcessInfo> below(pid_t room) {
  const std::vector<ProcessInfo> all = all_processes();
  std::set<pid_t> members{room};
  for (std::size_t before = 0; before != members.size();) {
    before = members.size();
    for (const ProcessInfo& process : all) {
      if (members.contains(process.parent)) members.insert(process.pid);
    }
  }
  std::vector<ProcessInfo> found;
  for (const ProcessInfo& process : all) {
    if (members.contains(process.pid)) found.push_back(process);
  }
  return found;
}

}  // namespace

std::uint64_t room_memory(pid_t room) {
  const auto nobody = io::Address::numeric("127.0.0.1", 1);
  return measure(Resource::Memory, below(room), *nobody).value_or(0);
}

}  // namespace sockspec::supervise
