#include "mpi/launched.h"

#include <gtest/gtest.h>

#include <map>

namespace sockspec::mpi {
namespace {

std::optional<Launched> with(const std::map<std::string, std::string>& variables) {
  return launched([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  });
}

TEST(Launched, NothingSaysThatThereAreSeveral) { EXPECT_FALSE(with({})); }

TEST(Launched, OpenMpiNamesRankAndSize) {
  const auto found = with({{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "4"}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rank, 2);
  EXPECT_EQ(found->size, 4);
  EXPECT_EQ(found->by, "mpirun");
}

TEST(Launched, SlurmsBatchScriptIsNoRankButItsStepsAre) {
  EXPECT_FALSE(with({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}}));
  const auto found = with({{"SLURM_PROCID", "3"}, {"SLURM_STEP_NUM_TASKS", "4"}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rank, 3);
  EXPECT_EQ(found->by, "srun");
}

TEST(Launched, VariablesThatMakeNoSenseAreNotBelieved) {
  EXPECT_FALSE(with({{"PMI_RANK", "4"}, {"PMI_SIZE", "4"}}));
  EXPECT_FALSE(with({{"PMI_RANK", "-1"}, {"PMI_SIZE", "4"}}));
  EXPECT_FALSE(with({{"PMI_RANK", "1"}, {"PMI_SIZE", "4x"}}));
}

}  // namespace
}  // namespace sockspec::mpi
