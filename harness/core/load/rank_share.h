// What one of several ranks does of a plan that is given for all of them together.
#pragma once

#include <cstddef>

#include "core/load/load_plan.h"
#include "core/result.h"

namespace sockspec::load {

// Connections, idle ones, and requests in flight are divided, the remainders going to the first
// ranks; threads, sizes and rates stay: the schedule is striped by the shard, which is set. Error
// (Usage): fewer connections than ranks, or more ranks than a tag can tell apart.
Result<LoadPlan> rank_share(const LoadPlan& plan, std::size_t rank, std::size_t ranks);

}  // namespace sockspec::load
