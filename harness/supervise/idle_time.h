// How long the processors that this process may use had nothing to do. Waiting for a disk is not
// nothing: more jobs would make it longer.
#pragma once

#include <set>
#include <string_view>

#include "core/time.h"

namespace sockspec::supervise {

// Of all of them together, since the start of the machine; zero where the system does not tell.
Duration idle_time();

// From the text of proc_stat(5), for those of these numbers. Pure.
Duration idle_in(std::string_view proc_stat, const std::set<int>& processors,
                 long ticks_per_second);

}  // namespace sockspec::supervise
