#include "supervise/output_tail.h"

#include <gtest/gtest.h>

namespace sockspec::supervise {
namespace {

constexpr std::size_t kKiB = 1024;

TEST(OutputTailTest, ALittleOutputIsKeptWhole) {
  OutputTail tail;
  tail.append("one\n");
  tail.append("");
  tail.append("two\n");
  EXPECT_EQ(tail.since(0), "one\ntwo\n");
  EXPECT_EQ(tail.total(), 8U);
}

TEST(OutputTailTest, OnlyWhatCameAfterAMarkIsTold) {
  OutputTail tail;
  tail.append("before");
  const std::uint64_t mark = tail.total();
  EXPECT_EQ(tail.since(mark), "");
  tail.append("after");
  EXPECT_EQ(tail.since(mark), "after");
  EXPECT_EQ(tail.since(mark + 1000), "");
}

TEST(OutputTailTest, OfMuchOutputTheEndIsKept) {
  OutputTail tail;
  for (int i = 0; i < 10'000; ++i) tail.append(std::string(99, 'x') + "\n");
  tail.append("the end");
  EXPECT_EQ(tail.total(), 1'000'007U);
  EXPECT_LE(tail.since(0).size(), 64 * kKiB);
  EXPECT_GE(tail.since(0).size(), 16 * kKiB);
  EXPECT_TRUE(tail.since(0).ends_with("x\nthe end"));
}

TEST(OutputTailTest, OneHugePieceIsCutToo) {
  OutputTail tail;
  tail.append(std::string(8 * kKiB * kKiB, 'a') + "z");
  EXPECT_LE(tail.since(0).size(), 64 * kKiB);
  EXPECT_EQ(tail.since(0).back(), 'z');
  EXPECT_EQ(tail.since(tail.total() - 2), "az");
}

TEST(OutputTailTest, EveryWayOfCuttingKeepsTheSameEnd) {
  std::string all;
  for (int i = 0; i < 30'000; ++i) all += std::to_string(i) + " ";
  for (const std::size_t piece : {1U, 7U, 4096U, 40'000U, 100'000U}) {
    OutputTail tail;
    for (std::size_t at = 0; at < all.size(); at += piece)
      tail.append(std::string_view(all).substr(at, piece));
    EXPECT_EQ(tail.since(all.size() - 20'000), all.substr(all.size() - 20'000)) << piece;
  }
}

TEST(LastLinesTest, TheLastLinesAreWhole) {
  EXPECT_EQ(last_lines("a\nb\nc\n", 2), "b\nc");
  EXPECT_EQ(last_lines("a\nb\nc", 2), "b\nc");
  EXPECT_EQ(last_lines("a\nb\nc\n", 1), "c");
}

TEST(LastLinesTest, FewerLinesAreAllThereAre) {
  EXPECT_EQ(last_lines("a\nb\n", 9), "a\nb");
  EXPECT_EQ(last_lines("", 3), "");
  EXPECT_EQ(last_lines("\n", 3), "");
}

TEST(LastLinesTest, EmptyLinesCount) { EXPECT_EQ(last_lines("a\n\n\n", 2), "\n"); }

}  // namespace
}  // namespace sockspec::supervise
