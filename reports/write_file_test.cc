#include "reports/write_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sockspec::reports {
namespace {

namespace fs = std::filesystem;

// A folder of this test's own, which goes with it.
class WriteFileTest : public testing::Test {
 protected:
  WriteFileTest() {
    std::string pattern = (fs::temp_directory_path() / "sockspec-write-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~WriteFileTest() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string content(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

std::string error_of(const Result<Nothing>& written) {
  return written ? "no error" : written.error().text;
}

TEST_F(WriteFileTest, TheContentIsWrittenAndNothingElse) {
  const std::string bytes("a\0\xFF\n", 4);
  EXPECT_EQ(error_of(write_file(path("r.json"), bytes)), "no error");
  EXPECT_EQ(content("r.json"), bytes);
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFileTest, AnOldFileIsReplaced) {
  ASSERT_TRUE(write_file(path("r.json"), "a long old report").ok());
  ASSERT_TRUE(write_file(path("r.json"), "new").ok());
  EXPECT_EQ(content("r.json"), "new");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFileTest, FoldersAreMadeWhereThatIsAskedFor) {
  EXPECT_EQ(error_of(write_file_in_folders(path("a/b/r.json"), "x")), "no error");
  EXPECT_EQ(content("a/b/r.json"), "x");
  EXPECT_EQ(error_of(write_file_in_folders(path("a/b/r.json/c"), "x")),
            path("a/b/r.json/c") + ": the report could not be written: Not a directory");
}

TEST_F(WriteFileTest, AFolderThatIsNotThereIsSaid) {
  const auto written = write_file(path("no/r.json"), "x");
  EXPECT_EQ(error_of(written),
            path("no/r.json") + ": the report could not be written: No such file or directory");
  EXPECT_EQ(written.error().kind, ErrorKind::Harness);
}

TEST_F(WriteFileTest, AFolderMustNotBeWrittenOver) {
  fs::create_directory(folder_ / "sub");
  EXPECT_EQ(error_of(write_file(path("sub"), "x")),
            path("sub") + ": the report could not be written: it is a folder; name a file");
  EXPECT_TRUE(fs::is_directory(folder_ / "sub"));
}

TEST_F(WriteFileTest, AFileIsNoFolder) {
  ASSERT_TRUE(write_file(path("file"), "x").ok());
  EXPECT_EQ(error_of(write_file(path("file/r.json"), "x")),
            path("file/r.json") + ": the report could not be written: Not a directory");
}

TEST_F(WriteFileTest, AFolderThatMustNotBeWrittenToIsSaid) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const std::string error = error_of(write_file(path("r.json"), "x"));
  fs::permissions(folder_, fs::perms::owner_all);
  EXPECT_EQ(error, path("r.json") + ": the report could not be written: Permission denied");
}

TEST_F(WriteFileTest, AFullDeviceIsSaid) {
  EXPECT_EQ(error_of(write_file("/dev/full", "x")),
            "/dev/full: the report could not be written: No space left on device");
}

TEST_F(WriteFileTest, ADeviceIsWrittenToAndNotReplaced) {
  EXPECT_EQ(error_of(write_file("/dev/null", "x")), "no error");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(WriteFileTest, WhenTheDiskIsFullTheOldFileStaysAndNothingIsLeftBehind) {
  ASSERT_TRUE(write_file(path("r.json"), "old").ok());
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit small{4096, old_limit.rlim_max};
  const auto old_action = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string error = error_of(write_file(path("r.json"), std::string(100'000, 'x')));
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_action);
  EXPECT_EQ(error, path("r.json") + ": the report could not be written: File too large");
  EXPECT_EQ(content("r.json"), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFileTest, ALinkKeepsPointingToTheReport) {
  ASSERT_TRUE(write_file(path("real.json"), "old").ok());
  fs::create_symlink("real.json", folder_ / "link.json");
  ASSERT_TRUE(write_file(path("link.json"), "new").ok());
  EXPECT_EQ(content("link.json"), "new");
  EXPECT_EQ(content("real.json"), "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
}

}  // namespace
}  // namespace sockspec::reports
