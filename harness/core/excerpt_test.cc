// Bytes as people read them.
#include "core/excerpt.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

std::size_t column_of(std::string_view bytes, std::size_t mark) {
  std::size_t column = 0;
  escaped(bytes, mark, &column);
  return column;
}

TEST(ExcerptTest, ControlsAreEscaped) {
  EXPECT_EQ(quoted("a\r\n\t\x1B[0m\x7F"), R"("a\r\n\t\x1b[0m\x7f")");
}

TEST(ExcerptTest, QuotesAndBackslashesAreEscaped) { EXPECT_EQ(quoted("\"\\"), R"("\"\\")"); }

TEST(ExcerptTest, ANulIsShort) { EXPECT_EQ(quoted(std::string_view("a\0b", 3)), R"("a\0b")"); }

TEST(ExcerptTest, ANulBeforeADigitIsNotAnOctalNumber) {
  EXPECT_EQ(quoted(std::string_view("\0001", 2)), R"("\x001")");
}

TEST(ExcerptTest, LettersOfUtf8StayReadable) { EXPECT_EQ(quoted("héllo 안녕"), "\"héllo 안녕\""); }

TEST(ExcerptTest, BytesThatAreNotUtf8AreHex) { EXPECT_EQ(quoted("\xC3(\xFF"), R"("\xc3(\xff")"); }

TEST(ExcerptTest, BidiControlsAreEscaped) {
  EXPECT_EQ(quoted("\u202E"), R"("\xe2\x80\xae")");
  EXPECT_EQ(quoted("\u2066"), R"("\xe2\x81\xa6")");
  EXPECT_EQ(quoted("\u200F"), R"("\xe2\x80\x8f")");
  EXPECT_EQ(quoted("\u061C"), R"("\xd8\x9c")");
}

TEST(ExcerptTest, WhatIsInvisibleIsEscaped) {
  EXPECT_EQ(quoted("\u200B"), R"("\xe2\x80\x8b")");
  EXPECT_EQ(quoted("\uFEFF"), R"("\xef\xbb\xbf")");
  EXPECT_EQ(quoted("\u00AD"), R"("\xc2\xad")");
  EXPECT_EQ(quoted("\u2060"), R"("\xe2\x81\xa0")");
  EXPECT_EQ(quoted("\u0085"), R"("\xc2\x85")");
}

TEST(ExcerptTest, LongBytesAreCut) {
  EXPECT_EQ(quoted("hello", 5), "\"hello\"");
  EXPECT_EQ(quoted("hello!", 5), "\"hello…\"");
}

TEST(ExcerptTest, ALetterIsNotCutInTwo) { EXPECT_EQ(quoted("ab€cd", 4), "\"ab…\""); }

TEST(ExcerptTest, HexIsInPairs) { EXPECT_EQ(hex("He\xFF"), "48 65 ff"); }

TEST(ExcerptTest, TheCaretStandsUnderTheByte) {
  EXPECT_EQ(column_of("hello", 3), 3U);
  EXPECT_EQ(column_of("a\r\nb", 3), 5U);
  EXPECT_EQ(column_of("hello", 5), 5U);
  EXPECT_EQ(column_of("hello", 99), 5U);
}

TEST(ExcerptTest, ALetterOfSeveralBytesIsOneColumn) {
  EXPECT_EQ(column_of("é!", 2), 1U);
  EXPECT_EQ(column_of("é!", 1), 0U);
}

TEST(ExcerptTest, AWideLetterIsTwoColumns) {
  EXPECT_EQ(column_of("안녕!", 6), 4U);
  EXPECT_EQ(column_of("漢!", 3), 2U);
  EXPECT_EQ(column_of("😀!", 4), 2U);
}

TEST(ExcerptTest, ACombiningMarkTakesNoColumn) { EXPECT_EQ(column_of("e\u0301!", 3), 1U); }

RC_GTEST_PROP(ExcerptTest, AnExcerptIsAlwaysPrintableUtf8, (const std::string& bytes)) {
  const std::string shown = sockspec::quoted(bytes);
  RC_ASSERT(is_utf8(shown));
  RC_ASSERT(shown.find_first_of(std::string("\n\r\t\x1B\x7F\0", 6)) == std::string::npos);
}

}  // namespace
}  // namespace sockspec
