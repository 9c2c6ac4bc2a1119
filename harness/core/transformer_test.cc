// Transformer and the Unicode table.
#include "core/transformer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

TEST(UnicodeUppercaseTest, LettersBecomeTheirFullUppercase) {
  EXPECT_EQ(unicode_uppercase("ß"), "SS");
  EXPECT_EQ(unicode_uppercase("ı"), "I");
  EXPECT_EQ(unicode_uppercase("ﬁ"), "FI");
  EXPECT_EQ(unicode_uppercase("ŉ"), "ʼN");
  EXPECT_EQ(unicode_uppercase("\u0390"), "\u0399\u0308\u0301");
  EXPECT_EQ(unicode_uppercase("ς"), "Σ");
}

TEST(UnicodeUppercaseTest, ADigraphBecomesUppercaseNotTitlecase) {
  EXPECT_EQ(unicode_uppercase("ǆ"), "Ǆ");
  EXPECT_EQ(unicode_uppercase("ǅ"), "Ǆ");
}

TEST(UnicodeUppercaseTest, TheMicroSignAndTheLongSHaveOrdinaryUppercase) {
  EXPECT_EQ(unicode_uppercase("µ"), "Μ");
  EXPECT_EQ(unicode_uppercase("ſ"), "S");
}

TEST(UnicodeUppercaseTest, LettersBeyondTheBasicPlaneAreMapped) {
  EXPECT_EQ(unicode_uppercase("𐐨"), "𐐀");
}

TEST(UnicodeUppercaseTest, WhatHasNoUppercaseStays) {
  EXPECT_EQ(unicode_uppercase("가€𝄞 1!"), "가€𝄞 1!");
  EXPECT_EQ(unicode_uppercase("ÀÉ"), "ÀÉ");
}

TEST(UnicodeUppercaseTest, WhatIsNotUtf8Stays) {
  EXPECT_EQ(unicode_uppercase("a\xC0\xAF\xED\xA0\x80\xFF\xFEz"), "A\xC0\xAF\xED\xA0\x80\xFF\xFEZ");
}

TEST(UnicodeUppercaseTest, TheTableIsSorted) {
  const auto table = uppercase_table();
  EXPECT_TRUE(std::is_sorted(table.begin(), table.end(),
                             [](const auto& a, const auto& b) { return a.from < b.from; }));
}

TEST(UnicodeUppercaseTest, OverlongSurrogateAndTooLargeCodesAreNotUtf8) {
  EXPECT_FALSE(is_utf8("\xC0\x80"));
  EXPECT_FALSE(is_utf8("\xE0\x80\x80"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(is_utf8("\xE2\x82"));
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));
}

TEST(TransformerTest, AStreamOwesEachByteAtOnce) {
  Transformer transformer(LetterMapping::AsciiUpper, Framing::Stream);
  EXPECT_EQ(transformer.feed("a\xC3"), "A\xC3");
  EXPECT_EQ(transformer.feed("\xA9z"), "\xA9Z");
}

TEST(TransformerTest, OnlyLettersOfAsciiChange) {
  Transformer transformer(LetterMapping::AsciiUpper, Framing::Stream);
  EXPECT_EQ(transformer.feed("@AZ[`az{"), "@AZ[`AZ{");
}

TEST(TransformerTest, HalfACodePointIsHeldBack) {
  Transformer transformer(LetterMapping::UnicodeUpper, Framing::Stream);
  EXPECT_EQ(transformer.feed("a\xC3"), "A");
  EXPECT_EQ(transformer.feed("\xA9"), "É");
}

TEST(TransformerTest, WhatCannotBecomeACodePointIsNotHeldBack) {
  Transformer transformer(LetterMapping::UnicodeUpper, Framing::Stream);
  EXPECT_EQ(transformer.feed("\xFF"), "\xFF");
  EXPECT_EQ(transformer.feed("\xE2z"), "\xE2Z");
}

TEST(TransformerTest, HalfALineIsHeldBack) {
  Transformer transformer(LetterMapping::AsciiUpper, Framing::Line);
  EXPECT_EQ(transformer.feed("one"), "");
  EXPECT_EQ(transformer.feed(" line\r\ntw"), "ONE LINE\r\n");
  EXPECT_EQ(transformer.feed("o\n"), "TWO\n");
}

std::string fed_in_two(Transformer transformer, const std::string& bytes, std::size_t cut) {
  const std::string first = transformer.feed(bytes.substr(0, cut));
  return first + transformer.feed(bytes.substr(cut));
}

RC_GTEST_PROP(TransformerTest, ThePiecesDoNotMatter, (const std::string& bytes)) {
  const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
  const auto framing = *rc::gen::element(Framing::Stream, Framing::Line);
  const auto mapping = *rc::gen::element(LetterMapping::Unchanged, LetterMapping::AsciiUpper,
                                         LetterMapping::UnicodeUpper);
  const Transformer transformer(mapping, framing);
  RC_ASSERT(fed_in_two(transformer, bytes, cut) == Transformer(transformer).feed(bytes));
}

RC_GTEST_PROP(TransformerTest, CutTextIsTheTransformOfTheWhole, (std::vector<std::size_t> picks)) {
  static const std::vector<std::string> kLetters = {"a", "ß", "é", "€", "ǆ", "ﬁ", "ı", "z", "𐐨"};
  std::string text;
  for (const std::size_t pick : picks) text += kLetters[pick % kLetters.size()];
  const auto cut = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  const Transformer transformer(LetterMapping::UnicodeUpper, Framing::Stream);
  RC_ASSERT(fed_in_two(transformer, text, cut) == unicode_uppercase(text));
}

}  // namespace
}  // namespace sockspec
