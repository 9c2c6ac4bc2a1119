// Oracle: what a server owes for what was sent, and whether what comes is it.
#include "core/oracle.h"

#include <gtest/gtest.h>

#include "core/chargen.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

// An oracle that has been told of `sent`, piece by piece.
Oracle after(const Profile& profile, std::vector<std::string_view> sent) {
  Oracle oracle(profile);
  oracle.connected();
  for (const std::string_view piece : sent) oracle.sent(piece);
  return oracle;
}

TEST(OracleTest, NothingIsOwedForNothing) { EXPECT_TRUE(after(echo(), {}).settled()); }

TEST(OracleTest, AnEchoOwesTheSameBytes) {
  Oracle oracle = after(echo(), {"hel", "lo"});
  EXPECT_EQ(oracle.missing(), 5U);
  EXPECT_EQ(oracle.received("hello").owed, 5U);
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, ItCountsWhatIsRightBeforeADifference) {
  Oracle oracle = after(echo(), {"hello"});
  EXPECT_EQ(oracle.received("heXlo").owed, 2U);
  EXPECT_EQ(oracle.difference()->offset, 2U);
  EXPECT_FALSE(oracle.unasked());
  EXPECT_FALSE(oracle.settled());
}

TEST(OracleTest, BytesBeyondWhatIsOwedAreUnasked) {
  Oracle oracle = after(echo(), {"hi"});
  EXPECT_EQ(oracle.received("hi!").owed, 2U);
  EXPECT_TRUE(oracle.unasked());
}

// Letters outside ASCII.

TEST(OracleTest, UnchangedLettersAllAlongAreRightForEither) {
  Oracle oracle = after(uppercase(LetterCase::Either), {"aß", "é"});
  oracle.received("Aßé");
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, UppercasedLettersAllAlongAreRightForEither) {
  Oracle oracle = after(uppercase(LetterCase::Either), {"aß", "é"});
  oracle.received("ASSÉ");
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, MixingTheTwoIsWrong) {
  Oracle oracle = after(uppercase(LetterCase::Either), {"aß", "é"});
  oracle.received("ASSé");
  ASSERT_TRUE(oracle.difference().has_value());
  EXPECT_EQ(oracle.difference()->offset, 4U);
}

TEST(OracleTest, TheDifferenceIsThatOfTheCandidateThatHeldLast) {
  Oracle oracle = after(uppercase(LetterCase::Either), {"éabc"});
  oracle.received("ÉAB");
  oracle.received("X");
  EXPECT_EQ(oracle.difference()->offset, 4U);
  EXPECT_EQ(oracle.difference()->received, "ÉABX");
}

TEST(OracleTest, ForAsciiOnlyUnchangedLettersAreRight) {
  Oracle oracle = after(uppercase(LetterCase::Ascii), {"é"});
  oracle.received("É");
  EXPECT_TRUE(oracle.difference().has_value());
}

TEST(OracleTest, ForUnicodeOnlyUppercasedLettersAreRight) {
  Oracle oracle = after(uppercase(LetterCase::Unicode), {"é"});
  oracle.received("é");
  EXPECT_TRUE(oracle.difference().has_value());
}

TEST(OracleTest, ACodePointCutAnywhereIsOwedWhole) {
  Oracle oracle = after(uppercase(LetterCase::Unicode), {"\xC3"});
  EXPECT_TRUE(oracle.settled());
  oracle.sent("\xA9");
  EXPECT_EQ(oracle.next_owed(9), "É");
}

TEST(OracleTest, BytesThatAreNotUtf8StayAsTheyAre) {
  EXPECT_EQ(after(uppercase(LetterCase::Unicode), {"a\xFF\xC3z"}).next_owed(9), "A\xFF\xC3Z");
}

// Lines, fixed texts, nothing.

TEST(OracleTest, ALineIsOwedWhenItIsComplete) {
  Oracle oracle = after(echo_lines(), {"one\nt"});
  EXPECT_EQ(oracle.next_owed(99), "one\n");
  oracle.sent("wo\n");
  EXPECT_EQ(oracle.next_owed(99), "one\ntwo\n");
}

TEST(OracleTest, AFixedTextIsOwedOnce) {
  EXPECT_EQ(after(greeting(), {"x", "y"}).next_owed(99), "Hello!");
}

TEST(OracleTest, NoTextIsOwedForNoBytes) { EXPECT_TRUE(after(greeting(), {""}).settled()); }

TEST(OracleTest, AFixedTextIsOwedForEachLine) {
  Profile profile = greeting();
  profile.framing = Framing::Line;
  EXPECT_EQ(after(profile, {"a\nb", "\n"}).next_owed(99), "Hello!Hello!");
}

TEST(OracleTest, AServerThatSpeaksFirstOwesItsTextAtOnce) {
  Profile profile = greeting();
  profile.speaks_first = true;
  EXPECT_EQ(after(profile, {}).next_owed(99), "Hello!");
  EXPECT_EQ(after(profile, {"x"}).next_owed(99), "Hello!");
}

TEST(OracleTest, DiscardOwesNothingAndForbidsAll) {
  Oracle oracle = after(discard(), {"hello"});
  EXPECT_TRUE(oracle.settled());
  oracle.received("h");
  EXPECT_TRUE(oracle.unasked());
}

TEST(OracleTest, ADateIsJudgedAtTheEnd) {
  Oracle oracle = after(daytime(), {});
  oracle.received("Sat Nov 21 10:01");
  oracle.received(":22 2026\r\n");
  EXPECT_TRUE(oracle.judged_at_end());
  EXPECT_FALSE(oracle.judge_text().has_value());
}

TEST(OracleTest, NoTextIsNoQuote) { EXPECT_EQ(after(quote(), {}).judge_text()->id, "text.none"); }

TEST(OracleTest, AQuoteMayBeAsLongAsTheLimit) {
  Oracle oracle = after(quote(), {});
  oracle.received(std::string(512, 'q'));
  EXPECT_FALSE(oracle.judge_text().has_value());
  oracle.received("q");
  EXPECT_EQ(oracle.judge_text()->id, "text.too-long");
}

TEST(OracleTest, AnEndlessTextIsNotKept) {
  Oracle oracle = after(daytime(), {});
  oracle.received(std::string(5000, 'q'));
  EXPECT_EQ(oracle.text_room(), 0U);
  EXPECT_TRUE(oracle.text_too_long());
}

// Chargen.

TEST(OracleTest, ChargenMayBeginAnywhereInTheRing) {
  Oracle oracle = after(chargen(), {});
  oracle.received(chargen::excerpt(17, 0, 100));
  oracle.received(chargen::excerpt(17, 100, 1000));
  EXPECT_EQ(oracle.bytes_received(), 1100U);
}

TEST(OracleTest, ChargenMustGoOnAsItBegan) {
  Oracle oracle = after(chargen(), {});
  oracle.received(chargen::excerpt(17, 0, 100));
  oracle.received(chargen::excerpt(18, 100, 1000));
  EXPECT_EQ(oracle.difference()->offset, 100U);
}

TEST(OracleTest, ChargenBeginsWithACharacterOfTheRing) {
  Oracle oracle = after(chargen(), {});
  oracle.received("\n");
  EXPECT_EQ(oracle.difference()->offset, 0U);
}

TEST(OracleTest, ALineOfChargenHasSeventyTwoCharacters) {
  EXPECT_EQ(chargen::excerpt(0, 70, 6), "fg\r\n!\"");
}

// Datagrams.

TEST(OracleTest, DatagramsAreOwedOneByOne) {
  Oracle oracle = after(udp_echo(), {"one", "two"});
  EXPECT_EQ(oracle.received("two").candidate, 1U);
  EXPECT_EQ(oracle.received("one").candidate, 0U);
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, JoinedDatagramsAreWrong) {
  Oracle oracle = after(udp_echo(), {"one", "two"});
  oracle.received("onetwo");
  EXPECT_TRUE(oracle.difference().has_value());
}

// Forgiving.

TEST(OracleTest, WhatIsForgivenIsNotOwed) {
  Oracle oracle = after(echo(), {"one"});
  oracle.forgive();
  EXPECT_TRUE(oracle.settled());
  EXPECT_EQ(oracle.missing(), 0U);
}

TEST(OracleTest, WhatIsForgivenMayStayOut) {
  Oracle oracle = after(echo(), {"one"});
  oracle.forgive();
  oracle.sent("two");
  oracle.received("two");
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, WhatIsForgivenMayComeFirst) {
  Oracle oracle = after(echo(), {"one"});
  oracle.forgive();
  oracle.sent("two");
  oracle.received("one");
  EXPECT_FALSE(oracle.settled());
  oracle.received("two");
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, APartOfWhatIsForgivenMayComeAndNoMore) {
  Oracle oracle = after(echo(), {"one"});
  oracle.forgive();
  oracle.received("on");
  EXPECT_TRUE(oracle.settled());
}

TEST(OracleTest, OtherBytesAfterForgivingAreUnasked) {
  Oracle oracle = after(echo(), {"one"});
  oracle.forgive();
  oracle.received("X");
  EXPECT_TRUE(oracle.unasked());
}

TEST(OracleTest, WhatIsForgivenMayNotComeLater) {
  Oracle oracle = after(echo(), {"one"});
  oracle.forgive();
  oracle.sent("two");
  oracle.received("twoone");
  EXPECT_TRUE(oracle.unasked());
}

// Replay.

TEST(OracleTest, AClaimStandsForItsBytes) {
  Oracle oracle = after(uppercase(LetterCase::Either), {"é!"});
  const Oracle before = oracle;
  EXPECT_EQ(before.owed_bytes(oracle.received("É!")), "É!");
}

TEST(OracleTest, AClaimOfChargenStandsForItsBytesFromTheBeginning) {
  Oracle oracle = after(chargen(), {});
  const Oracle before = oracle;
  EXPECT_EQ(before.owed_bytes(oracle.received("#$%")), "#$%");
}

TEST(OracleTest, AClaimOfAnotherScriptStandsForNothing) {
  EXPECT_EQ(after(echo(), {"x"}).owed_bytes({1, 99}), "");
  EXPECT_EQ(after(udp_echo(), {"x"}).owed_bytes({1, 99}), "");
}

}  // namespace
}  // namespace sockspec::test
