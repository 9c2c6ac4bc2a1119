#include "reports/base64.h"

#include <gtest/gtest.h>

#include "core/random.h"

namespace sockspec::reports {
namespace {

std::string error_of(std::string_view text) {
  const Result<std::string> bytes = from_base64(text);
  return bytes ? "none" : bytes.error().text;
}

TEST(Base64Test, WritesTheVectorsOfTheRfc) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(to_base64("\xFB\xFF\xFE"), "+//+");
}

TEST(Base64Test, ReadsBackAnyBytes) {
  Random random(1);
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
    bytes += static_cast<char>(random.next());
  }
}

TEST(Base64Test, ACharacterOutsideTheAlphabetIsNamedByItsPlace) {
  constexpr const char* kThird =
      "character 3 is not Base64 (A-Z, a-z, 0-9, + and /, with = at the end only)";
  EXPECT_EQ(error_of("Zm_v"), kThird);
  EXPECT_EQ(error_of("Zm\nv"), kThird);
  EXPECT_EQ(error_of("Zm\xC3v"), kThird);
  EXPECT_EQ(error_of("Zm=v"), kThird);
  EXPECT_EQ(error_of("ZmZm=mZ="),
            "character 5 is not Base64 (A-Z, a-z, 0-9, + and /, with = at the end only)");
}

TEST(Base64Test, MoreThanTwoSignsOfPaddingAreRefused) {
  EXPECT_NE(error_of("===="), "none");
  EXPECT_NE(error_of("Z==="), "none");
  EXPECT_NE(error_of("Zm9v===="), "none");
}

TEST(Base64Test, ATextThatIsCutIsRefused) {
  EXPECT_EQ(error_of("Zm9vYg="),
            "the Base64 has 7 characters; a whole text has a multiple of four");
}

TEST(Base64Test, OnlyOneTextStandsForTheBytes) {
  constexpr const char* kSpare =
      "the last character of the Base64 has bits beyond the last byte; is it cut?";
  EXPECT_EQ(error_of("Zh=="), kSpare);
  EXPECT_EQ(error_of("Zm9="), kSpare);
}

}  // namespace
}  // namespace sockspec::reports
