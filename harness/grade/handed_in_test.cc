// Which folders a class has handed in, and when two of them are the same.
#include "grade/handed_in.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace sockspec::grade {
namespace {

namespace fs = std::filesystem;

class HandedInTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/handed_in_XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    plan_.submissions = "*/lab2";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((fs::path(folder_) / name).parent_path());
    std::ofstream(folder_ + "/" + name) << text;
  }
  Result<std::vector<HandedIn>> found() const {
    return find_submissions(plan_, folder_, "class.json");
  }

  std::string folder_;
  ClassPlan plan_;
};

TEST_F(HandedInTest, HiddenFoldersAndFilesAreNoSubmissions) {
  plan_.submissions = "*";
  write("lee/server.py", "");
  write("kim/src/server.py", "12345");
  write(".results/kim/check.json", "");
  write("class.json", "");
  const auto submissions = found();
  ASSERT_TRUE(submissions) << submissions.error().text;
  ASSERT_EQ(submissions->size(), 2U);
  EXPECT_EQ((*submissions)[0].name, "kim");
  EXPECT_EQ((*submissions)[0].files, std::vector<std::string>{"src/server.py"});
  EXPECT_EQ((*submissions)[0].bytes, 5U);
}

TEST_F(HandedInTest, TwoWithOneNameAreBothNamed) {
  write("a/lab2/x", "");
  write("b/lab2/x", "");
  const auto submissions = found();
  ASSERT_FALSE(submissions);
  EXPECT_EQ(submissions.error().text,
            "class.json: /submissions: two submissions have the name \"lab2\" (" + folder_ +
                "/a/lab2 and " + folder_ + "/b/lab2); rename one of them");
}

TEST_F(HandedInTest, APatternThatFitsNothingIsAnError) {
  const auto submissions = found();
  ASSERT_FALSE(submissions);
  EXPECT_EQ(
      submissions.error().text,
      "class.json: /submissions: \"*/lab2\" fits no folder; there must be one folder for each "
      "submission");
}

TEST_F(HandedInTest, TheHashIsThatOfNamesContentsAndWhatElseCounts) {
  write("a/lab2/x", "text");
  const std::string before = *content_hash((*found())[0], "class");
  EXPECT_EQ(*content_hash((*found())[0], "class"), before);
  EXPECT_NE(*content_hash((*found())[0], "another class"), before);
  write("a/lab2/x", "other");
  EXPECT_NE(*content_hash((*found())[0], "class"), before);
  write("a/lab2/x", "text");
  EXPECT_EQ(*content_hash((*found())[0], "class"), before);
  fs::rename(folder_ + "/a/lab2/x", folder_ + "/a/lab2/y");
  EXPECT_NE(*content_hash((*found())[0], "class"), before);
}

TEST_F(HandedInTest, ALinkIsNotFollowed) {
  write("a/lab2/x", "text");
  fs::create_symlink("/etc/passwd", folder_ + "/a/lab2/link");
  const auto submissions = found();
  ASSERT_TRUE(submissions);
  EXPECT_EQ((*submissions)[0].bytes, 4U);
  EXPECT_TRUE(content_hash((*submissions)[0], ""));
}

}  // namespace
}  // namespace sockspec::grade
