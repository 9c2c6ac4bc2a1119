// What a room and a cell let their submission see and do, word by word.
#include "supervise/sandbox_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;
using testing::Contains;
using testing::Not;

// Do these words stand one after the other?
bool has(const Words& words, const Words& wanted) {
  return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
}

std::size_t place_of(const Words& words, const Words& wanted) {
  return static_cast<std::size_t>(
      std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) - words.begin());
}

RoomPlan room() {
  RoomPlan plan;
  plan.submission = "/class/submissions/kim";
  plan.report = "/tmp/reports/kim";
  plan.tool = "/usr/local/bin/sockspec";
  plan.scratch = 8 << 20;
  return plan;
}

TEST(RoomWordsTest, ARoomHasANetworkProcessesAndFilesOfItsOwn) {
  const Words words = room_words(room(), {"true"});
  EXPECT_EQ(words[0], "bwrap");
  for (const char* const word : {"--die-with-parent", "--new-session", "--unshare-user",
                                 "--unshare-net", "--unshare-pid", "--unshare-ipc", "--clearenv"})
    EXPECT_THAT(words, Contains(word));
  EXPECT_TRUE(has(words, {"--ro-bind", "/class/submissions/kim", "/submission"}));
  EXPECT_TRUE(has(words, {"--bind", "/tmp/reports/kim", "/report"}));
  EXPECT_TRUE(has(words, {"--size", "8388608", "--tmpfs", "/work"}));
  EXPECT_TRUE(has(words, {"--chdir", "/work", "--", "true"}));
}

TEST(RoomWordsTest, OnlyTheReportCanBeWrittenOutside) {
  const Words words = room_words(room(), {"true"});
  EXPECT_EQ(std::count(words.begin(), words.end(), "--bind"), 1);
}

TEST(RoomWordsTest, RootGivesItselfUp) {
  RoomPlan plan = room();
  plan.user = 1900000003;
  const Words words = room_words(plan, {"true"});
  EXPECT_TRUE(has(words, {"setpriv", "--reuid=1900000003", "--regid=1900000003", "--clear-groups",
                          "--inh-caps=-all", "--", "bwrap"}));
}

TEST(RoomWordsTest, WhatLiesInMemoryIsBoundedOrReadOnly) {
  for (const Words& words : {room_words(room(), {"true"}), cell_words({}, {"true"})}) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] != "--tmpfs") continue;
      EXPECT_EQ(words[i - 2], "--size") << words[i + 1];
    }
    // After the last mount, or it would hinder it.
    EXPECT_LT(place_of(words, {"--remount-ro", "/dev", "--remount-ro", "/"}), words.size());
    EXPECT_FALSE(std::any_of(
        words.begin() + static_cast<std::ptrdiff_t>(place_of(words, {"--remount-ro"})), words.end(),
        [](const auto& word) { return word == "--tmpfs" || word == "--bind"; }));
  }
}

TEST(CellWordsTest, ACellSharesTheNetworkAndNothingElse) {
  const Words words = cell_words({}, {"./server", "12000"});
  EXPECT_THAT(words, Not(Contains("--unshare-net")));
  for (const char* const word : {"--die-with-parent", "--unshare-user", "--disable-userns",
                                 "--unshare-pid", "--unshare-ipc"})
    EXPECT_THAT(words, Contains(word));
  for (const char* const hidden : {"/submission", "/report", "/tool/sockspec"})
    EXPECT_THAT(words, Not(Contains(hidden)));
  EXPECT_TRUE(has(words, {"--bind", "/work", "/work"}));
}

TEST(CellWordsTest, TheLimitsAreTheCommandsOwn) {
  CellPlan plan;
  plan.cpu = 1500ms;
  plan.data = 1000;
  plan.file = 2000;
  plan.processes = 30;
  plan.files = 40;
  const Words words = cell_words(plan, {"./server"});
  EXPECT_TRUE(has(words, {"prlimit", "--nproc=33", "--nofile=40", "--core=0", "--cpu=2",
                          "--data=1000", "--fsize=2000", "--", "./server"}));
}

TEST(CellWordsTest, SigtermReachesTheCommandAndNotTheCell) {
  const Words words = cell_words({}, {"./server"});
  EXPECT_TRUE(has(words, {"env", "--ignore-signal=TERM", "bwrap"}));
  EXPECT_TRUE(has(words, {"sh", "env", "--default-signal=TERM", "prlimit"}));
}

TEST(CellWordsTest, TheCommandStartsInItsFolder) {
  CellPlan plan;
  plan.folder = "/work/lab2";
  EXPECT_TRUE(has(cell_words(plan, {"./server"}), {"--chdir", "/work/lab2", "--"}));
}

TEST(SandboxWordsTest, MoreOfTheSystemCanBeShown) {
  RoomPlan plan = room();
  plan.visible = {"/etc/java-17-openjdk"};
  CellPlan cell;
  cell.visible = plan.visible;
  for (const Words& words : {room_words(plan, {"true"}), cell_words(cell, {"true"})})
    EXPECT_TRUE(has(words, {"--ro-bind-try", "/etc/java-17-openjdk", "/etc/java-17-openjdk"}));
}

TEST(SandboxWordsTest, NothingOfAHomeIsShown) {
  for (const Words& words : {room_words(room(), {"true"}), cell_words({}, {"true"})}) {
    EXPECT_FALSE(has(words, {"--ro-bind", "/", "/"}));
    for (const char* const folder : {"/home", "/root", "/etc", "/var", "/run", "/sys"})
      EXPECT_THAT(words, Not(Contains(folder)));
  }
}

}  // namespace
}  // namespace sockspec::supervise
