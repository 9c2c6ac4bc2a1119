// Is what two runs were asked for alike, as far as their figures depend on it?
#pragma once

#include <string>

#include "core/load/load_plan.h"

namespace sockspec::load {

// "the rate": the first thing that differs; "" if nothing does. Seed, threads, connections and
// shard are left to the caller.
std::string difference(const LoadPlan& a, const LoadPlan& b);

}  // namespace sockspec::load
