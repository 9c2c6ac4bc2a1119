// Ranks on threads, over a network that is a map.
#pragma once

#include <functional>
#include <map>

#include "mpi/mpi_module.h"

namespace sockspec::mpi::test {

// What Ranks take for MPI. The calling thread is the rank that run_ranks() made it.
const SockspecMpi& network();

// Each function on a thread of its own, as the rank that is its key; over an empty network. Ends
// when all have.
void run_ranks(const std::map<int, std::function<void()>>& ranks);

}  // namespace sockspec::mpi::test
