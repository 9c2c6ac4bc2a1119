// Pressure: how long others kept the processors of this machine from everybody on it. Grows from
// the start of the machine; what counts is the difference.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"

namespace sockspec::supervise {

struct Pressure {
  Duration stolen{};     // by the hypervisor, of all processors together (proc_stat(5), steal)
  Duration throttled{};  // because our cgroup had used up its share (cpu.stat)
};

// Zero where the system does not tell.
Pressure pressure_now();
Duration throttled_now();  // that part alone

// The parts, from the text of the files. Pure.
Duration stolen_in(std::string_view proc_stat, long ticks_per_second);
Duration throttled_in(std::string_view cpu_stat);  // of cgroup version 2 (µs) or 1 (ns)

}  // namespace sockspec::supervise
