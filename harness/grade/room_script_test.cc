// What happens in a room: the script is run by the shell, without any room.
#include "grade/room_script.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "grade/room_plan.h"

namespace sockspec::grade {
namespace {

namespace fs = std::filesystem;

class RoomScriptTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/room_script_XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    work_ = {folder_ + "/submission", folder_ + "/work", folder_ + "/report", {}, {}, {}};
    for (const std::string& made : {work_.submission, work_.work, work_.report})
      fs::create_directory(made);
    std::ofstream(work_.submission + "/it's here") << "text";
    work_.check = {"touch", work_.report + "/checked"};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run() const {
    const std::string file = folder_ + "/script";
    std::ofstream(file) << room_script(work_);
    EXPECT_EQ(system(("sh " + file).c_str()), 0);
  }
  std::string report(const char* name) const {
    std::ostringstream text;
    text << std::ifstream(work_.report + "/" + name).rdbuf();
    return text.str();
  }
  bool was_checked() const { return fs::exists(work_.report + "/checked"); }

  std::string folder_;
  RoomWork work_;
};

TEST_F(RoomScriptTest, WhatWasHandedInIsCopiedAndChecked) {
  run();
  EXPECT_TRUE(fs::exists(work_.work + "/it's here"));
  EXPECT_TRUE(was_checked());
  EXPECT_EQ(report(kStageFile), "check\n");
}

TEST_F(RoomScriptTest, TheFirstCommandThatFailsEndsTheBuildAndNothingIsChecked) {
  work_.build = {{"echo", "it's built"}, {"sh", "-c", "echo wrong >&2; exit 3"}, {"echo", "never"}};
  run();
  EXPECT_EQ(report(kStageFile), "build\n");
  EXPECT_EQ(report(kStepFile), "1\n");
  EXPECT_EQ(report(kBuiltFile), "3\n");
  EXPECT_EQ(report(kOutputFile), "it's built\nwrong\n");
  EXPECT_FALSE(was_checked());
}

TEST_F(RoomScriptTest, OfEndlessOutputTheFirstBytesAreKeptAndTheBuildGoesOn) {
  work_.limits.output = 10;
  work_.build = {{"seq", "200000"}};
  run();
  EXPECT_EQ(report(kOutputFile).size(), 10U);
  EXPECT_EQ(report(kBuiltFile), "0\n");
  EXPECT_TRUE(was_checked());
}

TEST_F(RoomScriptTest, ABuildWithoutEndIsKilled) {
  work_.limits.build = std::chrono::milliseconds(100);
  work_.build = {{"sleep", "600"}};
  run();
  EXPECT_EQ(report(kBuiltFile), "137\n");
  EXPECT_FALSE(was_checked());
}

TEST(RoomPlanTest, WhatIsShownIsWhatAStudentCanType) {
  ClassPlan plan;
  plan.port = 12000;
  RoomTask task;
  task.profile = "tcp-echo";
  task.seed = 7;
  task.recipe.recipe.run = {"python3", "server.py"};
  EXPECT_EQ(shown_command(plan, task), (Words{"sockspec", "check", "tcp-echo", "--port", "12000",
                                              "--seed", "7", "--", "python3", "server.py"}));
}

TEST(RoomPlanTest, WithoutASandboxNoBubblewrapIsStarted) {
  RoomPlace place;
  place.sandbox = false;
  place.tool = "/x/sockspec";
  place.staged = {"/x/1", "/x/1/submission", "/x/1/report", "/x/1/work", "/x/1/errors"};
  RoomTask task;
  task.profile = "tcp-echo";
  task.recipe.folder = "src";
  task.recipe.recipe.run = {"./server"};
  const RoomCommand command = room_command({}, task, place);
  EXPECT_EQ(command.words[0], "sh");
  EXPECT_EQ(command.wrapper.find("bwrap"), std::string::npos);
  EXPECT_TRUE(command.wrapper.starts_with("env\n-C\n/x/1/work/src\nprlimit\n")) << command.wrapper;
  place.sandbox = true;
  EXPECT_EQ(room_command({}, task, place).words[0], "bwrap");
}

}  // namespace
}  // namespace sockspec::grade
