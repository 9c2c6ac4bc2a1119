#include "core/load/figures.h"

#include <gtest/gtest.h>

namespace sockspec::load {
namespace {

TEST(FiguresTest, KIsAThousandAndMIsAMillion) {
  EXPECT_EQ(parse_figure("500"), 500);
  EXPECT_EQ(parse_figure("10k"), 10'000);
  EXPECT_EQ(parse_figure("1.5M"), 1'500'000);
  EXPECT_EQ(parse_figure("-2k"), -2'000);
}

// 1.001 * 1000 is 1000.9999999999999.
TEST(FiguresTest, ADecimalWithASuffixIsExact) { EXPECT_EQ(parse_figure("1.001k"), 1001); }

TEST(FiguresTest, NothingElseIsAFigure) {
  for (const char* text : {"",      "k",  "-",  "10kk", "10K", "10m", "1e5", "0x10", "nan", "inf",
                           "1.2.3", ".5", "5.", "5 ",   " 5",  "+5",  "--5", "1,5",  "1.k", "5G"}) {
    EXPECT_EQ(parse_figure(text), std::nullopt) << text;
  }
}

TEST(FiguresTest, ANumberThatNoDoubleHoldsIsNone) {
  EXPECT_EQ(parse_figure(std::string(400, '9')), std::nullopt);
}

TEST(FiguresTest, TheTextIsTheShortestThatReadsBackTheSame) {
  const struct {
    double value;
    const char* text;
  } rows[] = {{0, "0"},       {0.5, "0.5"},      {500, "500"},     {1000, "1k"},
              {1001, "1001"}, {1500, "1500"},    {10'000, "10k"},  {1.5e6, "1.5M"},
              {1e8, "100M"},  {12'345, "12345"}, {0.001, "0.001"}, {333.3, "333.3"}};
  for (const auto& row : rows) {
    EXPECT_EQ(figure_text(row.value), row.text);
    EXPECT_EQ(parse_figure(row.text), row.value);
  }
}

}  // namespace
}  // namespace sockspec::load
