#include "core/nearest.h"

#include <gtest/gtest.h>

#include <array>

namespace sockspec {
namespace {

const std::array<std::string, 4> kKnown = {"connect", "send", "expect", "close/half-close"};

TEST(NearestTest, OneWrongLetterIsNear) { EXPECT_EQ(nearest("sent", kKnown), "send"); }
TEST(NearestTest, SwappedLettersAreNear) { EXPECT_EQ(nearest("exepct", kKnown), "expect"); }
TEST(NearestTest, AMissingLetterIsNear) { EXPECT_EQ(nearest("conect", kKnown), "connect"); }
TEST(NearestTest, APartOfANameIsNear) { EXPECT_EQ(nearest("half", kKnown), "close/half-close"); }
TEST(NearestTest, AnotherWordIsNotNear) { EXPECT_EQ(nearest("uppercase", kKnown), ""); }
TEST(NearestTest, AVeryLongWordIsNoTypingMistake) {
  EXPECT_EQ(nearest(std::string(10'000, 's'), kKnown), "");
}
TEST(NearestTest, TheQuestionNamesIt) {
  EXPECT_EQ(did_you_mean("sent", kKnown), "; did you mean \"send\"?");
  EXPECT_EQ(did_you_mean("uppercase", kKnown), "");
}

}  // namespace
}  // namespace sockspec
