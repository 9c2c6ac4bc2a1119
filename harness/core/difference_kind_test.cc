#include "core/difference_kind.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

Difference at_start(std::string expected, std::string received) {
  return {0, 0, std::move(expected), std::move(received)};
}

std::string_view kind(std::string expected, std::string received) {
  return kind_of(at_start(std::move(expected), std::move(received)), false);
}

std::string_view extra(std::string owed, std::string received) {
  const std::uint64_t offset = owed.size();
  return kind_of({offset, 0, std::move(owed), std::move(received)}, true);
}

TEST(DifferenceKindTest, WhatCameUnaskedIsNamedForWhatItIs) {
  EXPECT_EQ(extra("hello", std::string("hello\0", 6)), "extra-nul");
  EXPECT_EQ(extra("hello", std::string("hello\0\0\0", 8)), "extra-zeros");
  EXPECT_EQ(extra("hello", "hello\n"), "extra-newline");
  EXPECT_EQ(extra("hello", "hellohello"), "extra-repeat");
  EXPECT_EQ(extra("hello", "hello, you"), "extra");
}

TEST(DifferenceKindTest, ALetterInTheWrongCaseTellsWhichWay) {
  EXPECT_EQ(kind("HELLO", "hello"), "not-uppercased");
  EXPECT_EQ(kind_of({1, 0, "HELLO", "Hello"}, false), "not-all-uppercased");
  EXPECT_EQ(kind("hello", "HELLO"), "uppercased");
}

TEST(DifferenceKindTest, AByteWithoutItsHighBitIsThat) { EXPECT_EQ(kind("\xC3", "C"), "high-bit"); }

TEST(DifferenceKindTest, AByteThatIsNoLetterMayHaveBeenTakenForOne) {
  EXPECT_EQ(kind("{", "["), "off-by-a-case");
}

TEST(DifferenceKindTest, TextThatWasDecodedInPiecesShowsTheReplacementCharacter) {
  EXPECT_EQ(kind("\xC3\x9F", "\xEF\xBF\xBD\xEF\xBF\xBD"), "replacement-character");
}

TEST(DifferenceKindTest, AQuestionMarkStandsForWhatAnEncodingDoesNotKnow) {
  EXPECT_EQ(kind("\xC3\x9F", "??"), "question-mark");
  EXPECT_EQ(kind("what", "?hat"), "other");
}

TEST(DifferenceKindTest, LineEndsAreToldApart) {
  EXPECT_EQ(kind("\nnext", "\r\nnext"), "crlf");
  EXPECT_EQ(kind("later", "\nlater"), "newline-inserted");
  EXPECT_EQ(kind("\n123", "123"), "white-space-lost");
}

TEST(DifferenceKindTest, SomethingBeforeTheReplyIsAPrefixAtTheStartOnly) {
  EXPECT_EQ(kind("hello", "Echo: hello"), "prefix");
  EXPECT_EQ(kind_of({5, 5, "hello", "Echo: hello"}, false), "inserted");
}

TEST(DifferenceKindTest, BytesMayBeLostOrOld) {
  EXPECT_EQ(kind("abcdefgh", "efgh"), "bytes-lost");
  EXPECT_EQ(kind_of({8, 0, "abcdefghXYZ.", "abcdefghabcd"}, false), "old-bytes");
  EXPECT_EQ(kind("abc", std::string("\0\0\0", 3)), "zeros");
}

TEST(DifferenceKindTest, WhatHasNothingInCommonIsOther) {
  EXPECT_EQ(kind("1234", "5678"), "other");
}

}  // namespace
}  // namespace sockspec
