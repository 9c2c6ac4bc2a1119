// What a room uses, seen from outside: rlimits bound each process, nothing bounds them together
// where no cgroup is delegated. Linux: /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace sockspec::supervise {

// Bytes of memory that all processes below `room` (that was started with room_words) use together;
// what they share counts once. 0 when there are none. Files in the scratch folder are not in it:
// they have their own bound. Takes about 50 us for each process: ask some ten times a second.
std::uint64_t room_memory(pid_t room);

}  // namespace sockspec::supervise
