// Payloads and sizes once the profile, the machine and the seed are known.
#include "core/payload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/test_language.h"
#include "core/unicode_uppercase.h"

namespace sockspec::test {
namespace {

using ::testing::ElementsAre;

class PayloadTest : public ::testing::Test {
 protected:
  std::string make(const Payload& payload, std::uint64_t seed = 1) {
    return make_payload(payload, {profile, environment, variables}, Random(seed)).value();
  }
  std::string error(const Payload& payload) {
    return make_payload(payload, {profile, environment, variables}, Random(1)).error().text;
  }
  std::uint64_t evaluated(const Size& size, std::uint64_t seed = 1) {
    Random random(seed);
    return evaluate(size, {profile, environment, variables}, random).value();
  }
  static Payload of(Payload::Kind kind, std::uint64_t size) {
    Payload payload;
    payload.kind = kind;
    payload.size.factor = size;
    return payload;
  }
  static std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at) + 1;
      longest = std::max(longest, end - at);
      at = end;
    }
    return longest;
  }

  Profile profile = echo();
  Environment environment;
  std::map<std::string, std::uint64_t> variables;
};

TEST_F(PayloadTest, TheSameSeedMakesTheSameBytes) {
  EXPECT_EQ(make(random(100), 7), make(random(100), 7));
  EXPECT_NE(make(random(100), 7), make(random(100), 8));
}

// A report is replayed on another machine: the bytes are part of the format.
TEST_F(PayloadTest, TheBytesOfASeedStayTheSameForEver) {
  EXPECT_EQ(make(random(4), 1), "\xC1\x5C\x02\x89");
}

TEST_F(PayloadTest, AnAlphabetIsKept) {
  Payload letters = random(1000);
  letters.alphabet = "letters";
  const std::string made = make(letters);
  EXPECT_EQ(made.size(), 1000U);
  EXPECT_TRUE(std::all_of(made.begin(), made.end(), [](char c) { return std::isalpha(c) != 0; }));
}

TEST_F(PayloadTest, TimesRepeatsTheSameBytes) {
  Payload payload = text("ab");
  payload.times = 3;
  EXPECT_EQ(make(payload), "ababab");
}

TEST_F(PayloadTest, ARequestOfABinaryProfileIsAnyBytes) {
  EXPECT_FALSE(is_utf8(make(of(Payload::Kind::Request, 1000))));
}

TEST_F(PayloadTest, ARequestOfATextProfileIsText) {
  profile = uppercase(LetterCase::Either);
  const std::string made = make(of(Payload::Kind::Request, 1000));
  EXPECT_EQ(made.size(), 1000U);
  EXPECT_TRUE(is_utf8(made));
  EXPECT_EQ(made.find('\n'), std::string::npos);
}

TEST_F(PayloadTest, ARequestOfALineProfileIsWholeLinesWithinTheLimit) {
  profile = echo_lines();
  const std::string made = make(of(Payload::Kind::Request, 5000));
  EXPECT_EQ(made.size(), 5000U);
  EXPECT_EQ(made.back(), '\n');
  EXPECT_EQ(longest_line(made), 1024U);
}

TEST_F(PayloadTest, LinesAreSoManyAndWithinTheLimit) {
  profile.max_message = 10;
  const std::string made = make(of(Payload::Kind::Lines, 50));
  EXPECT_EQ(std::count(made.begin(), made.end(), '\n'), 50);
  EXPECT_EQ(longest_line(made), 10U);
}

TEST_F(PayloadTest, LinesOfOneByteAreEmptyLines) {
  profile.max_message = 1;
  EXPECT_EQ(make(of(Payload::Kind::Lines, 3)), "\n\n\n");
}

TEST_F(PayloadTest, TheEndMessageIsTheProfiles) {
  profile.end_message = "/end";
  EXPECT_EQ(make(of(Payload::Kind::EndMessage, 0)), "/end");
}

TEST_F(PayloadTest, AProfileWithoutAnEndMessageHasNone) {
  EXPECT_EQ(error(of(Payload::Kind::EndMessage, 0)), "the profile tcp-echo has no end message");
}

// Sizes.

TEST_F(PayloadTest, ASizeIsAFactorOfAFigureAndAnOffset) {
  environment.figures["tcp_wmem.max"] = 4096;
  EXPECT_EQ(evaluated({2, "tcp_wmem.max", 5, std::nullopt}), 8197U);
}

TEST_F(PayloadTest, ASizeMayNameTheLimitOfTheProfile) {
  profile.max_message = 1024;
  EXPECT_EQ(evaluated({1, "max_message", -1, std::nullopt}), 1023U);
}

TEST_F(PayloadTest, AProfileWithoutALimitHasNone) {
  Payload payload = random(1);
  payload.size.figure = "max_message";
  EXPECT_EQ(error(payload), "the profile tcp-echo has no \"max_message\"");
}

TEST_F(PayloadTest, ASizeIsNeverNegative) { EXPECT_EQ(evaluated({1, "", -5, std::nullopt}), 0U); }

TEST_F(PayloadTest, ARangeOfSizesHoldsBothEnds) {
  const Size size{3, "", 0, 4};
  EXPECT_GE(evaluated(size, 1), 3U);
  EXPECT_LE(evaluated(size, 2), 4U);
  EXPECT_EQ(evaluated({4, "", 0, 4}), 4U);
}

TEST_F(PayloadTest, AVariableOutsideItsLoopIsAnError) {
  Payload payload = random(1);
  payload.size.figure = "$size";
  EXPECT_EQ(error(payload), "\"$size\" is not the variable of a loop around this step");
}

TEST_F(PayloadTest, ASizeBeyondAllMeasureIsAnError) {
  environment.figures["huge"] = UINT64_MAX;
  Payload payload = random(3);
  payload.size.figure = "huge";
  EXPECT_EQ(error(payload), "is larger than 256 MiB; send less");
}

TEST_F(PayloadTest, TooManyTimesAreAnError) {
  Payload payload = random(1 << 20);
  payload.times = 1000;
  EXPECT_EQ(error(payload), "is larger than 256 MiB; send less");
}

// Splits.

TEST_F(PayloadTest, WholeIsOnePieceEvenOfNothing) {
  EXPECT_THAT(split_payload("", {Split::Kind::Whole, {}}), ElementsAre(""));
}

TEST_F(PayloadTest, EveryCutsEqualPieces) {
  EXPECT_THAT(split_payload("hello", {Split::Kind::Every, {2}}), ElementsAre("he", "ll", "o"));
}

TEST_F(PayloadTest, SizesLeaveTheRestInOnePiece) {
  EXPECT_THAT(split_payload("hello!", {Split::Kind::Sizes, {3, 1}}), ElementsAre("hel", "l", "o!"));
}

TEST_F(PayloadTest, SizesBeyondThePayloadAreLeftOut) {
  EXPECT_THAT(split_payload("hi", {Split::Kind::Sizes, {3, 1}}), ElementsAre("hi"));
}

TEST_F(PayloadTest, EveryPlaceInsideACodePointIsCut) {
  EXPECT_THAT(split_payload("aé€", {Split::Kind::InsideCodePoints, {}}),
              ElementsAre("a", "\xC3", "\xA9", "\xE2", "\x82\xAC", "\xE2\x82", "\xAC"));
}

}  // namespace
}  // namespace sockspec::test
