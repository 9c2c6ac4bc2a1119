// What a room uses, seen from outside: rlimits bound each process, nothing bounds them together
// where no cgroup is delegated. Linux: /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace sockspec::supervise {

// Do all processes below `room` (started with room_words) use more memory together? What they share
// counts once. Files in the scratch folder are not in it: they have their own bound. Cheap while
// what is resident fits; above that about 50 us for each process.
bool room_uses_more(pid_t room, std::uint64_t bytes);

}  // namespace sockspec::supervise
