#include "supervise/machine.h"

#include <gtest/gtest.h>

namespace sockspec::supervise {
namespace {

TEST(MachineTest, TheMachineIsNamed) {
  const Machine machine = measure_machine();
  EXPECT_EQ(machine.os, "Linux");
  EXPECT_FALSE(machine.kernel.empty());
  EXPECT_GE(machine.cpus, 1U);
}

TEST(MachineTest, TheScaleNeverTightensALimitAndIsBounded) {
  const double scale = measure_machine().environment.scale;
  EXPECT_GE(scale, 1.0);
  EXPECT_LE(scale, 10.0);
  EXPECT_EQ(scale * 4, static_cast<double>(static_cast<int>(scale * 4)));  // in quarters
}

TEST(MachineTest, TheLargestSendBufferIsAFigureThatScenariosMayName) {
  const Machine machine = measure_machine();
  const auto found = machine.environment.figures.find("tcp_wmem.max");
  ASSERT_NE(found, machine.environment.figures.end());
  EXPECT_GE(found->second, 4U << 20U);
}

}  // namespace
}  // namespace sockspec::supervise
