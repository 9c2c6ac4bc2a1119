// sockspec load as one of several ranks that mpirun, srun or another launcher has started.
#pragma once

#include "cli/commands.h"
#include "mpi/launched.h"

namespace sockspec::cli {

// The whole command, on this rank. Rank 0 tells people what all of them found, and its exit code is
// that of the run; the others end with 0, unless the run could not be completed.
int load_as_rank(const Words& words, const mpi::Launched& launched);

}  // namespace sockspec::cli
