// What this machine allows a load generator: the limits that core/load/preflight.h judges.
#pragma once

#include <cstdint>
#include <string>

#include "core/load/preflight.h"
#include "core/result.h"
#include "io/address.h"

namespace sockspec::supervise {

// Towards this server (its port does not matter). A file that is missing, as in some containers, or
// says something else than expected, leaves its limit unknown, or as Linux has it by default.
// `proc_sys` is another folder in tests.
load::MachineLimits limits_towards(const io::Address& server,
                                   const std::string& proc_sys = "/proc/sys");

// Lets this process, and the servers that it will start, open so many descriptors; never fewer
// than now. Not safe while another thread does the same. Error (Harness): the system refuses.
Result<Nothing> raise_descriptors(std::uint64_t needed);

}  // namespace sockspec::supervise
