#include "core/date_text.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

TEST(DateTextTest, BothExamplesOfTheRfcAreDates) {
  EXPECT_TRUE(is_date_text("Tuesday, February 22, 1982 17:37:43-PST"));
  EXPECT_TRUE(is_date_text("02 FEB 82 07:59:19 PST"));
}

TEST(DateTextTest, TheTextOfInetdIsADate) {
  EXPECT_TRUE(is_date_text("Sat Nov 21 10:01:22 2026\r\n"));
}

TEST(DateTextTest, DatesInNumbersAreDates) {
  EXPECT_TRUE(is_date_text("2026-11-21T10:01:22Z\n"));
  EXPECT_TRUE(is_date_text("2026-11-21 10:01:22.123456+09:00"));
  EXPECT_TRUE(is_date_text("11/21/26 10:01"));
  EXPECT_TRUE(is_date_text("Sat, 21 Nov 2026 10:01:22 GMT\r\n"));
}

TEST(DateTextTest, TheTextOfNistIsADate) {
  EXPECT_TRUE(is_date_text("\n61365 26-11-21 10:01:22 00 0 0 895.5 UTC(NIST) * \n"));
}

TEST(DateTextTest, OtherTextsAreNot) {
  EXPECT_FALSE(is_date_text("hello"));
  EXPECT_FALSE(is_date_text("12:00"));
  EXPECT_FALSE(is_date_text(""));
  EXPECT_FALSE(is_date_text("\r\n"));
  EXPECT_FALSE(is_date_text("Sat Nov 21 2026"));
  EXPECT_FALSE(is_date_text("1795255282"));
  EXPECT_FALSE(is_date_text("Nov 21 25:61:22 2026"));
}

TEST(DateTextTest, ADateIsOneLine) {
  EXPECT_FALSE(is_date_text("Sat Nov 21\r\n10:01:22 2026\r\n"));
}

TEST(DateTextTest, ADateIsPrintable) {
  EXPECT_FALSE(is_date_text(std::string_view("Sat Nov 21 10:01:22 2026\0", 25)));
}

}  // namespace
}  // namespace sockspec
