#include "reports/html/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sockspec::reports {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

std::string plain(double number) {
  char text[64];
  std::snprintf(text, sizeof text, "%.10g", number);
  return text;
}

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> labels;
  for (const Tick& tick : axis.ticks) labels.push_back(tick.label);
  return labels;
}

TEST(LinearAxisTest, TicksAreRoundAndReachAboveTheHighest) {
  EXPECT_THAT(labels(linear_axis("", 398.7, 4, plain)),
              ElementsAre("0", "100", "200", "300", "400"));
  EXPECT_THAT(labels(linear_axis("", 400, 4, plain)), ElementsAre("0", "100", "200", "300", "400"));
  EXPECT_THAT(labels(linear_axis("", 401, 4, plain)), ElementsAre("0", "200", "400", "600"));
  EXPECT_THAT(labels(linear_axis("", 0.3, 3, plain)), ElementsAre("0", "0.1", "0.2", "0.3"));
  EXPECT_EQ(linear_axis("", 401, 4, plain).high, 600);
}

TEST(LinearAxisTest, NothingMeasuredIsNoDivisionByZero) {
  for (const double nothing : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()}) {
    const Axis axis = linear_axis("", nothing, 5, plain);
    EXPECT_EQ(axis.low, 0);
    EXPECT_EQ(axis.high, 1);
  }
}

TEST(TimeAxisTest, ItEndsWhereTheRunEnds) {
  const Axis axis = time_axis("", 12.5, 6, plain);
  EXPECT_EQ(axis.high, 12.5);
  EXPECT_THAT(labels(axis), ElementsAre("0", "5", "10"));
}

TEST(LogarithmicAxisTest, AFewPowersOfTenHaveTicksBetween) {
  EXPECT_THAT(labels(logarithmic_axis("", 130, 4'000, plain)),
              ElementsAre("100", "200", "500", "1000", "2000", "5000"));
}

TEST(LogarithmicAxisTest, ManyPowersOfTenHaveTicksAtThemAlone) {
  const Axis axis = logarithmic_axis("", 130, 4e6, plain);
  EXPECT_EQ(axis.low, 100);
  EXPECT_EQ(axis.high, 5e6);
  EXPECT_THAT(labels(axis), ElementsAre("100", "1000", "10000", "100000", "1000000"));
}

TEST(LogarithmicAxisTest, OneValueHasAnAxisAroundIt) {
  const Axis axis = logarithmic_axis("", 1000, 1000, plain);
  EXPECT_EQ(axis.low, 1000);
  EXPECT_EQ(axis.high, 2000);
}

TEST(LogarithmicAxisTest, EqualRatiosTakeEqualRoom) {
  const Axis axis = logarithmic_axis("", 100, 1e6, plain);
  EXPECT_EQ(share_of(axis, 100), 0);
  EXPECT_THAT(share_of(axis, 1e3), DoubleNear(0.25, 1e-12));
  EXPECT_THAT(share_of(axis, 1e4), DoubleNear(0.5, 1e-12));
  EXPECT_EQ(share_of(axis, 1e6), 1);
}

// As HdrHistogram plots: from one nine to the next is as far as from that to the one after.
TEST(PercentileAxisTest, EachFurtherNineTakesTheSameRoom) {
  const Axis axis = percentile_axis("", 10'000);
  EXPECT_THAT(labels(axis), ElementsAre("0\u00A0%", "50\u00A0%", "90\u00A0%", "99\u00A0%",
                                        "99.9\u00A0%", "99.99\u00A0%"));
  EXPECT_EQ(share_of(axis, 1), 0);
  EXPECT_THAT(share_of(axis, 10), DoubleNear(0.25, 1e-12));
  EXPECT_THAT(share_of(axis, 100), DoubleNear(0.5, 1e-12));
  EXPECT_THAT(share_of(axis, 1000), DoubleNear(0.75, 1e-12));
  EXPECT_EQ(percentile_at(100), 99);
  EXPECT_THAT(percentile_at(1000), DoubleNear(99.9, 1e-9));
}

TEST(PercentileAxisTest, ItIsBounded) {
  EXPECT_EQ(percentile_axis("", 1).high, 10);
  EXPECT_EQ(percentile_axis("", 1e15).high, kMostNines);
}

TEST(PercentileTextTest, ItHasAsManyDigitsAsItHasNines) {
  EXPECT_EQ(percentile_text(1), "0\u00A0%");
  EXPECT_EQ(percentile_text(2), "50\u00A0%");
  EXPECT_EQ(percentile_text(724), "99.86\u00A0%");
  EXPECT_EQ(percentile_text(1e7), "99.99999\u00A0%");
}

TEST(ShareTest, WhatLiesOutsideIsAtTheEnd) {
  const Axis axis = logarithmic_axis("", 100, 1e6, plain);
  EXPECT_EQ(share_of(axis, 0), 0);
  EXPECT_EQ(share_of(axis, -5), 0);
  EXPECT_EQ(share_of(axis, 1e9), 1);
  EXPECT_EQ(share_of(axis, std::nan("")), 0);
}

}  // namespace
}  // namespace sockspec::reports
