// A process that stands between the launcher and a rank, and outlives it.
//
// mpirun takes a rank that dies by a signal for the end of the whole run, with an exit code of its
// own (137). So the launcher's child is this guard, and the rank is the guard's child: when the
// rank is killed, the guard says so and exits with code 4, upon which the launcher ends the other
// ranks. Before any thread is made.
#pragma once

#include <functional>
#include <string>

namespace sockspec::mpi {

// Calls `rank` in a child, which gets SIGTERM, SIGINT and SIGHUP passed on, and SIGTERM when the
// guard dies. The exit code is that of the child; where a signal has ended it, `killed` is called
// with its number and decides.
int guarded(const std::function<int()>& rank, const std::function<int(int signal)>& killed);

}  // namespace sockspec::mpi
