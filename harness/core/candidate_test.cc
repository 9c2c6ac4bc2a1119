// Candidate: one reply stream that would be right.
#include "core/candidate.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

constexpr std::size_t kMebibyte = 1024 * 1024;

TEST(CandidateTest, AllThatIsOwedIsRight) {
  Candidate candidate;
  candidate.owe("hello");
  EXPECT_EQ(candidate.claim("hel"), 3U);
  EXPECT_EQ(candidate.missing(), 2U);
  EXPECT_TRUE(candidate.alive());
}

TEST(CandidateTest, OneWrongByteRulesItOutForGood) {
  Candidate candidate;
  candidate.owe("hello");
  EXPECT_EQ(candidate.claim("hex"), 2U);
  EXPECT_FALSE(candidate.alive());
  EXPECT_EQ(candidate.claim("llo"), 0U);
}

TEST(CandidateTest, TheWindowBeginsTwentyFourBytesBefore) {
  Candidate candidate;
  candidate.owe(std::string(30, 'a') + "bcd");
  candidate.claim(std::string(30, 'a') + "X");
  EXPECT_EQ(candidate.difference()->offset, 30U);
  EXPECT_EQ(candidate.difference()->window_offset, 6U);
  EXPECT_EQ(candidate.difference()->expected, std::string(24, 'a') + "bcd");
  EXPECT_EQ(candidate.difference()->received, std::string(24, 'a') + "X");
}

TEST(CandidateTest, TheWindowEndsFortyBytesAfter) {
  Candidate candidate;
  candidate.owe(std::string(100, 'a'));
  candidate.claim(std::string(100, 'b'));
  EXPECT_EQ(candidate.difference()->expected, std::string(40, 'a'));
  EXPECT_EQ(candidate.difference()->received, std::string(40, 'b'));
}

TEST(CandidateTest, OffsetsGoOnWhenMemoryIsCompacted) {
  Candidate candidate;
  candidate.owe(std::string(3 * kMebibyte, 'a'));
  candidate.claim(std::string(2 * kMebibyte, 'a'));
  candidate.claim("b");
  EXPECT_EQ(candidate.difference()->offset, 2 * kMebibyte);
  EXPECT_EQ(candidate.difference()->window_offset, 2 * kMebibyte - 24);
  EXPECT_EQ(candidate.difference()->expected, std::string(64, 'a'));
  EXPECT_EQ(candidate.difference()->received, std::string(24, 'a') + "b");
}

TEST(CandidateTest, WhatHasComeIsStillTheRightBytesAfterCompaction) {
  Candidate candidate;
  candidate.owe(std::string(kMebibyte, 'a') + "end");
  EXPECT_EQ(candidate.claim(std::string(kMebibyte, 'a')), kMebibyte);
  EXPECT_EQ(candidate.next(99), "end");
  EXPECT_EQ(candidate.claim("end"), 3U);
  EXPECT_EQ(candidate.received(), kMebibyte + 3);
}

TEST(CandidateTest, OnceRuledOutItOwesNoMore) {
  Candidate candidate;
  candidate.owe("a");
  candidate.claim("b");
  candidate.owe(std::string(kMebibyte, 'a'));
  EXPECT_EQ(candidate.missing(), 1U);
}

TEST(CandidateTest, WhatIsExcusedIsNotMissing) {
  Candidate candidate;
  candidate.owe("late");
  candidate.excuse();
  candidate.owe("next");
  EXPECT_EQ(candidate.missing(), 4U);
  EXPECT_EQ(candidate.claim("lat"), 3U);
  EXPECT_EQ(candidate.missing(), 4U);
  EXPECT_EQ(candidate.claim("ene"), 3U);
  EXPECT_EQ(candidate.missing(), 2U);
}

}  // namespace
}  // namespace sockspec
