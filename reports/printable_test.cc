#include "reports/printable.h"

#include <gtest/gtest.h>

#include <string>

#include "core/unicode_uppercase.h"
#include "reports/check_report_for_test.h"

namespace sockspec::reports::test {
namespace {

using namespace std::string_literals;

TEST(PrintableTest, PlainTextStaysAsItIs) {
  EXPECT_EQ(printable("say \"hi\" \\o/\n안녕 ß\n"), "say \"hi\" \\o/\n안녕 ß\n");
}

TEST(PrintableTest, ControlsAndWhatIsNotUtf8AreEscaped) {
  EXPECT_EQ(printable("\x1b[31m\x7F\b"), "\\x1b[31m\\x7f\\x08");
  EXPECT_EQ(printable("\0"s), "\\0");
  EXPECT_EQ(printable("\xFF\xC3("), "\\xff\\xc3(");
}

TEST(PrintableTest, WhatHidesOrMovesTextIsEscaped) {
  EXPECT_EQ(printable("a\u202Eb\u200Bc"), "a\\xe2\\x80\\xaeb\\xe2\\x80\\x8bc");
}

TEST(PrintableTest, WhatXmlCannotSayIsEscaped) {
  EXPECT_EQ(printable("\xEF\xBF\xBE|\xEF\xBF\xBF|\xF0\x9F\xBF\xBF"),
            "\\xef\\xbf\\xbe|\\xef\\xbf\\xbf|\\xf0\\x9f\\xbf\\xbf");
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80");  // half of a surrogate pair
}

TEST(PrintableTest, TabsBecomeSpacesAndLineEndsBecomeNewlines) {
  EXPECT_EQ(printable("a\tb\r\nc\rd"), "a    b\nc\\rd");
}

TEST(PrintableTest, TwiceIsTheSameAsOnce) {
  const std::string once = printable(hostile_text());
  EXPECT_EQ(printable(once), once);
  EXPECT_TRUE(is_utf8(once));
}

TEST(PrintableTest, ALineStaysOneLine) {
  EXPECT_EQ(printable_line("a\nb\r\nc", 100), "a\\nb\\nc");
  EXPECT_EQ(printable_line("abc", 3), "abc");
  EXPECT_EQ(printable_line("abcd", 3), "abc…");
}

TEST(PrintableTest, NoLetterIsCutInTwo) {
  EXPECT_EQ(printable_line("a안녕", 5), "a안…");
  EXPECT_EQ(printable_line("a안녕", 3), "a…");
  EXPECT_EQ(first_lines("안녕", 4, "en"), "안\n… 3 bytes left out …\n");
  EXPECT_EQ(last_lines("안녕", 4, "en"), "… 3 bytes left out …\n녕");
}

TEST(PrintableTest, WhatIsNoLetterAtAllIsCutAnywhere) {
  EXPECT_EQ(printable_line(std::string(9, '\x80'), 1), "\\x80…");
}

TEST(PrintableTest, WhatIsCutSaysHowMuchInBothLanguages) {
  EXPECT_EQ(first_lines("abcdef", 2, "en"), "ab\n… 4 bytes left out …\n");
  EXPECT_EQ(last_lines("abcdef", 2, "ko"), "… 4바이트 생략 …\nef");
  EXPECT_EQ(first_lines("ab", 2, "en"), "ab");
}

}  // namespace
}  // namespace sockspec::reports::test
