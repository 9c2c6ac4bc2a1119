#include "mpi/launched.h"

#include <array>
#include <charconv>

namespace sockspec::mpi {
namespace {

std::optional<int> number(const std::string& text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end || value < 0) return std::nullopt;
  return value;
}

struct Variables {
  const char* rank;
  const char* size;
  const char* by;
};

// srun sets those of PMI, too; Open MPI's own come first.
constexpr std::array<Variables, 3> kLaunchers{{
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "mpirun"},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "srun"},
    {"PMI_RANK", "PMI_SIZE", "mpiexec"},
}};

}  // namespace

std::optional<Launched> launched(const std::function<std::string(const char*)>& variable) {
  for (const Variables& names : kLaunchers) {
    const std::optional<int> rank = number(variable(names.rank));
    const std::optional<int> size = number(variable(names.size));
    if (rank && size && *rank < *size) return Launched{*rank, *size, names.by};
  }
  return std::nullopt;
}

}  // namespace sockspec::mpi
