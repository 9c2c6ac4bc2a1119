// A start at the same moment on all ranks, whatever their clocks say.
#pragma once

#include "core/load/clock_offset.h"
#include "core/result.h"
#include "core/time.h"
#include "mpi/ranks.h"

namespace sockspec::mpi {

struct CommonStart {
  Duration at{};           // by CLOCK_MONOTONIC of this machine
  Duration clock_error{};  // at most; 0 on rank 0, whose clock it is
};

// Called by every rank when it is ready, and comes back before the start, unless this machine
// or the network has held up the last word: the caller looks. Rank 0 waits for all
// of them, compares its clock with each, and says when. Error: as Ranks::agree(); a rank that would
// begin late is one that failed.
Result<CommonStart> common_start(Ranks& ranks, Duration limit);

}  // namespace sockspec::mpi
