#include "core/load/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/random.h"

namespace sockspec::load {
namespace {

using Figures = std::vector<double>;

const Figures kTen = {100, 101, 99, 102, 98, 100.5, 99.5, 101.5, 98.5, 100.2};

Figures scaled(const Figures& figures, double factor) {
  Figures result;
  for (const double figure : figures) result.push_back(figure * factor);
  return result;
}

TEST(BootstrapTest, TheSameFiguresAreInconclusive) {
  const Comparison same = compare(kTen, kTen, Better::Lower, 1);
  EXPECT_EQ(same.ratio->value, 1);
  EXPECT_LE(same.ratio->low, 1);
  EXPECT_GE(same.ratio->high, 1);
  EXPECT_EQ(same.p_value, 1);
  EXPECT_EQ(same.finding, Finding::Inconclusive);
}

TEST(BootstrapTest, FiguresWithoutAnySpreadThatAreEqualAreInconclusive) {
  const Comparison same = compare(Figures(5, 7), Figures(5, 7), Better::Lower, 1);
  EXPECT_EQ(same.p_value, 1);
  EXPECT_EQ(same.finding, Finding::Inconclusive);
}

TEST(BootstrapTest, TwiceTheLatencyIsSlower) {
  const Comparison twice = compare(kTen, scaled(kTen, 2), Better::Lower, 1);
  EXPECT_DOUBLE_EQ(twice.ratio->value, 2);
  EXPECT_GT(twice.ratio->low, 1.95);
  EXPECT_LT(twice.ratio->low, 2);
  EXPECT_GT(twice.ratio->high, 2);
  EXPECT_LT(twice.ratio->high, 2.05);
  EXPECT_LT(twice.p_value, 0.001);
  EXPECT_EQ(twice.finding, Finding::Slower);
}

TEST(BootstrapTest, TheFindingFollowsWhatIsBetter) {
  const Figures twice = scaled(kTen, 2);
  EXPECT_EQ(compare(kTen, twice, Better::Higher, 1).finding, Finding::Faster);
  EXPECT_EQ(compare(twice, kTen, Better::Lower, 1).finding, Finding::Faster);
  EXPECT_EQ(compare(twice, kTen, Better::Higher, 1).finding, Finding::Slower);
}

// Of the 20 ways to choose three of six, two have a rank sum as far from 10.5: 1+2+3 and 4+5+6.
TEST(BootstrapTest, ThreeAgainstThreeApartIsTwoInTwenty) {
  const Comparison apart = compare(Figures{1, 2, 3}, Figures{4, 5, 6}, Better::Lower, 1);
  EXPECT_TRUE(apart.exact);
  EXPECT_DOUBLE_EQ(apart.p_value, 0.1);
}

// 1+2+4 = 7 is 3.5 from 10.5, as are 14 = 3+5+6; farther are 6 and 15: four in twenty.
TEST(BootstrapTest, ThreeAgainstThreeWithOneInversionIsFourInTwenty) {
  EXPECT_DOUBLE_EQ(compare(Figures{1, 2, 4}, Figures{3, 5, 6}, Better::Lower, 1).p_value, 0.2);
}

// Ranks 1, 2.5, 2.5, 4: of the six pairs only 1 + 2.5 (twice) and 2.5 + 4 (twice) lie 1.5 from 5.
TEST(BootstrapTest, TiesShareTheirRank) {
  EXPECT_DOUBLE_EQ(compare(Figures{1, 2}, Figures{2, 3}, Better::Lower, 1).p_value, 4.0 / 6);
}

// Of five ranks, 1, 2, 4 and 5 lie as far from 3 as 4 does.
TEST(BootstrapTest, SidesOfDifferentSizeAreCountedExactly) {
  EXPECT_DOUBLE_EQ(compare(Figures{4}, Figures{1, 2, 3, 5}, Better::Lower, 1).p_value, 0.8);
  EXPECT_DOUBLE_EQ(compare(Figures{1, 2, 3, 5}, Figures{4}, Better::Lower, 1).p_value, 0.8);
}

// 2 in C(8, 4) = 70.
TEST(BootstrapTest, FourRunsASideAreJustEnough) {
  const Figures four = {10, 11, 12, 13};
  const Comparison enough = compare(four, scaled(four, 2), Better::Lower, 1);
  EXPECT_DOUBLE_EQ(enough.p_value, 2.0 / 70);
  EXPECT_EQ(enough.finding, Finding::Slower);
  EXPECT_EQ(compare(Figures{10, 11, 12}, scaled(kTen, 2), Better::Lower, 1).finding,
            Finding::Inconclusive);
}

// 1+2+3+5 = 11 is 7 from 18; so are 25, and farther are 10 and 26: four in 70, over 0.05.
TEST(BootstrapTest, AnIntervalWithoutOneIsNotEnough) {
  const Comparison narrow =
      compare(Figures{10, 11, 12, 13.5}, Figures{13, 14, 15, 16}, Better::Lower, 1);
  EXPECT_GT(narrow.ratio->low, 1);
  EXPECT_DOUBLE_EQ(narrow.p_value, 4.0 / 70);
  EXPECT_EQ(narrow.finding, Finding::Inconclusive);
}

TEST(BootstrapTest, ManyRunsAreSampledAndNearTheExactValue) {
  const Figures a = {1, 2, 3, 4, 5, 6, 7, 8, 13};
  const Figures b = {9, 10, 11, 12, 14, 15, 16, 17, 18};  // C(18, 9) = 48,620
  const Comparison many = compare(a, b, Better::Lower, 1);
  EXPECT_FALSE(many.exact);
  EXPECT_GT(many.p_value, 0);
  EXPECT_LT(many.p_value, 0.005);
  const Comparison exact =
      compare(Figures{1, 3, 5, 7, 9, 11, 13}, Figures{2, 4, 6, 8, 10, 12, 14}, Better::Lower, 1);
  EXPECT_TRUE(exact.exact);
}

// Of 1 to 20 dealt in turn: the normal approximation, corrected for continuity, gives p = 0.73.
TEST(BootstrapTest, ASampledPValueOfMixedRunsIsLarge) {
  Figures a;
  Figures b;
  for (int i = 1; i <= 10; ++i) {
    a.push_back(2 * i - 1);
    b.push_back(2 * i);
  }
  const Comparison mixed = compare(a, b, Better::Lower, 3);
  EXPECT_FALSE(mixed.exact);
  EXPECT_NEAR(mixed.p_value, 0.73, 0.03);
  EXPECT_EQ(mixed.finding, Finding::Inconclusive);
}

TEST(BootstrapTest, OneRunWithAHiccupDoesNotHideADifference) {
  Figures hiccup = scaled(kTen, 1.2);
  hiccup[0] = 5;
  EXPECT_EQ(compare(kTen, hiccup, Better::Lower, 1).finding, Finding::Slower);
}

TEST(BootstrapTest, TheSameSeedGivesTheSameAnswer) {
  const Figures other = scaled(kTen, 1.01);
  const Comparison once = compare(kTen, other, Better::Lower, 9);
  const Comparison again = compare(kTen, other, Better::Lower, 9);
  EXPECT_EQ(once.ratio->low, again.ratio->low);
  EXPECT_EQ(once.ratio->high, again.ratio->high);
  EXPECT_EQ(once.p_value, again.p_value);
}

TEST(BootstrapTest, FiguresThatGiveNoRatioAreInconclusive) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Figures& bad : {Figures{}, Figures{1, 2, 3, 0}, Figures{1, 2, 3, -4},
                             Figures{1, 2, 3, nan}, Figures{1, 2, 3, HUGE_VAL}}) {
    for (const Comparison& none :
         {compare(bad, kTen, Better::Lower, 1), compare(kTen, bad, Better::Lower, 1)}) {
      EXPECT_FALSE(none.ratio);
      EXPECT_EQ(none.p_value, 1);
      EXPECT_EQ(none.finding, Finding::Inconclusive);
    }
  }
}

TEST(BootstrapTest, AlikeServersAreSeldomFoundDifferent) {
  Random random(11);
  const auto run = [&] { return 100 + static_cast<double>(random.below(1000)) / 100; };
  int found = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Figures a;
    Figures b;
    for (int i = 0; i < 8; ++i) {
      a.push_back(run());
      b.push_back(run());
    }
    if (compare(a, b, Better::Lower, seed).finding != Finding::Inconclusive) ++found;
  }
  EXPECT_LE(found, 7);  // of 60 at one in twenty: more has a chance of 1 %
}

}  // namespace
}  // namespace sockspec::load
