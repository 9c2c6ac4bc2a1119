// The suite from a folder.
#include "scenario/suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace sockspec::scenario {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::StartsWith;

class SuiteTest : public ::testing::Test {
 protected:
  SuiteTest()
      : folder_(fs::path(::testing::TempDir()) /
                ("suite_" +
                 std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~SuiteTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  void write_scenario(const std::string& id) {
    write(id + ".json", R"({"id": ")" + id + R"(", "version": 1, "title": "x", "level": "must",)" +
                            R"("steps": [{"alive": {}}]})");
  }
  std::string error() { return load_suite(folder_.string()).error().text; }

  fs::path folder_;
};

TEST_F(SuiteTest, ScenariosComeInTheOrderInWhichPeopleMeetThem) {
  write_scenario("close/half-close");
  write_scenario("zoo/other");
  write_scenario("stream/byte-split");
  write_scenario("stream/basic");
  std::vector<std::string> ids;
  for (const Scenario& scenario : load_suite(folder_.string()).value()) ids.push_back(scenario.id);
  EXPECT_THAT(ids,
              ElementsAre("stream/basic", "stream/byte-split", "close/half-close", "zoo/other"));
}

TEST_F(SuiteTest, OtherFilesAndFoldersAreLeftAlone) {
  write_scenario("stream/basic");
  write("profiles/mine.json", "not a scenario");
  write("schema/scenario.schema.json", "not a scenario");
  write("stream/README.md", "not a scenario");
  write("loose.json", "not a scenario");
  EXPECT_EQ(load_suite(folder_.string())->size(), 1U);
}

TEST_F(SuiteTest, ALinkInACircleIsLeftAlone) {
  write_scenario("stream/basic");
  fs::create_directory_symlink(folder_ / "circle", folder_ / "circle");
  EXPECT_EQ(load_suite(folder_.string())->size(), 1U);
}

TEST_F(SuiteTest, AnEmptyFolderIsAnError) {
  EXPECT_EQ(error(),
            folder_.string() + ": holds no scenario; they are files <topic>/<scenario>.json");
}

TEST_F(SuiteTest, AFolderThatIsNotThereIsAnError) {
  fs::remove_all(folder_);
  EXPECT_EQ(error(), folder_.string() +
                         ": is not a folder; --scenarios names one with <topic>/<scenario>.json in "
                         "it");
}

TEST_F(SuiteTest, AScenarioThatIsWrongIsAnErrorWithItsFile) {
  write("stream/basic.json", "{");
  EXPECT_THAT(error(),
              StartsWith((folder_ / "stream/basic.json").string() + ":1:2: this is not JSON: "));
}

TEST_F(SuiteTest, AFolderNamedLikeAScenarioIsAnError) {
  fs::create_directories(folder_ / "stream/basic.json");
  EXPECT_EQ(error(), (folder_ / "stream/basic.json").string() + ": this is a folder; name a file");
}

}  // namespace
}  // namespace sockspec::scenario
