// What the processes below one use together, those of a room for example: rlimits bound each
// process, nothing bounds them together where no cgroup is delegated. Linux: /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace sockspec::supervise {

// Do all processes below `ancestor` use more memory together? What they share counts once. Files in
// the scratch folder are not in it: they have their own bound. Cheap while what is resident fits;
// above that about 50 us for each process.
bool descendants_use_more(pid_t ancestor, std::uint64_t bytes);

}  // namespace sockspec::supervise
