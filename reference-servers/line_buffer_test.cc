#include "reference-servers/line_buffer.h"

#include <gtest/gtest.h>

namespace sockspec::reference {
namespace {

constexpr std::size_t kBound = 64 * 1024;

TEST(LineBufferTest, GivesNothingUntilALineEnds) {
  LineBuffer lines(0);
  EXPECT_EQ(lines.complete(std::string_view("hel")), "");
  EXPECT_EQ(lines.complete(std::string_view("lo\r")), "");
  EXPECT_EQ(lines.complete(std::string_view("\n")), "hello\r\n");
}

TEST(LineBufferTest, GivesAllCompleteLinesAndKeepsTheRest) {
  LineBuffer lines(0);
  EXPECT_EQ(lines.complete(std::string_view("a\n\nb\nc")), "a\n\nb\n");
  EXPECT_EQ(lines.complete(std::string_view("d\ne\n")), "cd\ne\n");
  EXPECT_EQ(lines.complete(std::string_view("f\n")), "f\n");
}

TEST(LineBufferTest, OverflowsOnlyAboveTheBound) {
  LineBuffer lines(1024);
  lines.complete(std::string(kBound, 'x'));
  EXPECT_FALSE(lines.overflowed());
  lines.complete(std::string_view("x"));
  EXPECT_TRUE(lines.overflowed());
}

TEST(LineBufferTest, TakesTheMaximumOfTheProfileForBoundWhenItIsMore) {
  LineBuffer lines(2 * kBound);
  lines.complete(std::string(2 * kBound, 'x'));
  EXPECT_FALSE(lines.overflowed());
}

}  // namespace
}  // namespace sockspec::reference
