// merge: the reports of all shards of one run as one report.
//
// Counters, bytes and histogram buckets are added, so nothing is lost: the result is that of a run
// whose workers were on one machine, and judge() says about it what it would have said there. The
// percentiles of an interval are gone, because percentiles cannot be added. Pure.
#pragma once

#include <vector>

#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::load {

// The shards in any order; judge() has to be called afterwards. Error (Usage): one is missing,
// stands twice, or did something else than the others.
Result<LoadReport> merge(std::vector<LoadReport> shards);

}  // namespace sockspec::load
