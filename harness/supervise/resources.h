// What the processes of a server use. Linux: /proc and NETLINK_SOCK_DIAG, no privilege needed for
// processes of our own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/scenario.h"
#include "io/address.h"
#include "supervise/process_table.h"

namespace sockspec::supervise {

// The sum over all processes of the family, in the unit that Resource names. None where the system
// does not tell. Takes well under a millisecond for a server of a few processes.
std::optional<std::uint64_t> measure(Resource resource, const std::vector<ProcessInfo>& family,
                                     const io::Address& server);

// How often their threads gave up the processor, or lost it (proc_pid_status(5)): those that still
// live.
std::optional<std::uint64_t> context_switches(const std::vector<ProcessInfo>& family);

// What all children of this process and theirs have used of the processors so far, in nanoseconds:
// those that live, and those that were waited for. One look for all of them.
std::uint64_t cpu_of_descendants_ns();

}  // namespace sockspec::supervise
