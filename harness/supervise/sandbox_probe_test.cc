// Whether this machine lets submissions be kept apart, and what is said where it does not.
#include "supervise/sandbox_probe.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace sockspec::supervise {
namespace {

class SandboxProbeTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/sandbox_probe_XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    chmod(name, 0755);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // A program that stands in for bwrap.
  std::string program(const std::string& script) const {
    const std::string path = folder_ + "/bwrap";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    chmod(path.c_str(), 0755);
    return path;
  }

  std::string folder_;
};

TEST_F(SandboxProbeTest, WithoutBubblewrapItIsSaidWhatToInstall) {
  const SandboxRights rights = probe_sandbox(folder_ + "/none");
  EXPECT_FALSE(rights.works);
  EXPECT_EQ(rights.why_not, Message{"sandbox.missing"});
}

TEST_F(SandboxProbeTest, WhereTheSystemRefusesItsLastWordIsShown) {
  const SandboxRights rights = probe_sandbox(
      program("echo first >&2; echo 'bwrap: No permissions to create new namespace' >&2; exit 1"));
  EXPECT_FALSE(rights.works);
  EXPECT_EQ(rights.why_not, (Message{"sandbox.refused",
                                     {{"why", "bwrap: No permissions to create new namespace"}}}));
}

TEST_F(SandboxProbeTest, ASandboxThatSaysNothingIsNone) {
  EXPECT_EQ(probe_sandbox(program("exit 3")).why_not,
            (Message{"sandbox.refused", {{"why", "no answer"}}}));
}

TEST_F(SandboxProbeTest, ASandboxThatWorksNeedsNoWords) {
  const SandboxRights rights = probe_sandbox(program("exit 0"));
  EXPECT_TRUE(rights.works);
  EXPECT_TRUE(rights.why_not.empty());
  EXPECT_EQ(rights.as_root, geteuid() == 0);
}

TEST_F(SandboxProbeTest, TheFoldersOfVirtualMachinesAreFound) {
  std::filesystem::create_directory(folder_ + "/java-17-openjdk");
  std::filesystem::create_directory(folder_ + "/ssl");
  EXPECT_EQ(system_folders(folder_), std::vector<std::string>{folder_ + "/java-17-openjdk"});
  EXPECT_TRUE(system_folders(folder_ + "/none").empty());
}

TEST(RoomUserTest, EachRoomHasAUserOfItsOwn) {
  EXPECT_NE(room_user(0), room_user(1));
  EXPECT_GT(static_cast<int>(room_user(1000)), 0);  // some programs print it as an int
}

}  // namespace
}  // namespace sockspec::supervise
