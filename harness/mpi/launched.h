// Was this process started as one of several, by mpirun, srun or another launcher of MPI?
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace sockspec::mpi {

struct Launched {
  int rank = 0;
  int size = 1;
  std::string by;  // "mpirun", "srun": for sentences
};

// From the variables that launchers set. None where there is none, or where they contradict
// themselves. A Slurm batch script is not a rank: only srun sets SLURM_STEP_NUM_TASKS.
std::optional<Launched> launched(const std::function<std::string(const char*)>& variable);

}  // namespace sockspec::mpi
