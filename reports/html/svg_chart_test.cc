#include "reports/html/svg_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>

#include "reports/html/axis.h"
#include "reports/html/chart_figure.h"

namespace sockspec::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string plain(double number) { return std::to_string(static_cast<long>(number)); }

Chart chart() {
  Chart chart;
  chart.id = "c";
  chart.title = "Title";
  chart.description = "What it shows";
  chart.x = time_axis("seconds", 10, 5, plain);
  chart.y = logarithmic_axis("latency", 1, 100, plain);
  chart.curves = {{"one", 0, {{0, 1, "a"}, {5, 10, "b"}, {10, 100, "c"}}}};
  return chart;
}

// The numbers of a path, or of an attribute, in their order.
std::vector<double> numbers(const std::string& svg, const std::string& pattern) {
  std::smatch found;
  if (!std::regex_search(svg, found, std::regex(pattern))) return {};
  const std::string text = found[1];
  std::vector<double> all;
  const std::regex number("[0-9.]+");
  for (auto at = std::sregex_iterator(text.begin(), text.end(), number);
       at != std::sregex_iterator(); ++at)
    all.push_back(std::stod(at->str()));
  return all;
}

// Equal times and equal ratios are equally far apart, and more is higher.
TEST(SvgChartTest, PointsStandWhereTheirAxesSay) {
  const std::vector<double> at = numbers(svg_chart(chart()), "<path d=\"([^\"]*)\"");
  ASSERT_EQ(at.size(), 6U);
  EXPECT_NEAR(at[2] - at[0], at[4] - at[2], 0.11);
  EXPECT_NEAR(at[1] - at[3], at[3] - at[5], 0.11);
  EXPECT_GT(at[1], at[5]);
}

TEST(SvgChartTest, APointStandsAtTheTickOfItsValue) {
  const std::string svg = svg_chart(chart());
  const std::vector<double> at = numbers(svg, "<path d=\"([^\"]*)\"");
  const std::vector<double> tick = numbers(svg, "<text x=\"60.0\" y=\"([0-9.]+)\"[^>]*>10</text>");
  ASSERT_EQ(tick.size(), 1U);
  EXPECT_NEAR(tick[0] - 4, at[3], 0.11);
}

TEST(SvgChartTest, AGapIsNotBridged) {
  Chart gap = chart();
  gap.curves[0].points[1].y.reset();
  const std::string svg = svg_chart(gap);
  std::smatch path;
  ASSERT_TRUE(std::regex_search(svg, path, std::regex("<path d=\"([^\"]*)\"")));
  const std::string drawn = path[1];
  EXPECT_EQ(std::count(drawn.begin(), drawn.end(), 'M'), 2);
}

TEST(SvgChartTest, ItHasATitleADescriptionAndUnits) {
  const std::string svg = svg_chart(chart());
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"c-title c-text\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"c-title\">Title</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"c-text\">What it shows</desc>"));
  EXPECT_THAT(svg, HasSubstr(">seconds</text>"));
  EXPECT_THAT(svg, HasSubstr(">latency</text>"));
}

// Some policies forbid style sheets, and a picture must be seen all the same.
TEST(SvgChartTest, ItNeedsNoStyleSheet) {
  const std::string svg = svg_chart(chart());
  EXPECT_THAT(svg, HasSubstr("stroke=\"#"));
  EXPECT_THAT(svg, Not(HasSubstr("style")));
  EXPECT_THAT(svg, Not(HasSubstr("class")));
}

TEST(SvgChartTest, LabelsDoNotRunIntoEachOther) {
  Chart crowded = chart();
  crowded.x.ticks.clear();
  for (int i = 0; i <= 100; ++i) crowded.x.ticks.push_back({i / 10.0, "a long label"});
  const std::string svg = svg_chart(crowded);
  std::size_t shown = 0;
  for (std::size_t at = svg.find("a long label"); at != std::string::npos;
       at = svg.find("a long label", at + 1))
    ++shown;
  EXPECT_GT(shown, 1U);
  EXPECT_LT(shown, 6U);
}

TEST(SvgChartTest, ALimitIsALineWithItsName) {
  Chart limited = chart();
  limited.limits = {{50, "p99 < 50"}, {5000, "far away"}};
  const std::string svg = svg_chart(limited);
  EXPECT_THAT(svg, HasSubstr(">p99 &lt; 50</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("far away")));
}

TEST(SvgChartTest, TextsAreText) {
  Chart hostile = chart();
  hostile.title = "</title></svg><script>";
  hostile.curves[0].points[0].says = "</title><script>";
  EXPECT_THAT(svg_chart(hostile), Not(HasSubstr("<script")));
  hostile.curves[0].name = "\"><script>";
  EXPECT_THAT(chart_figure(hostile, "en"), Not(HasSubstr("<script")));
}

// The contrast of WCAG 2.1.
double contrast(const std::string& colour, double ground) {
  const auto part = [&](std::size_t at) {
    const double c = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const double light = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
  return (std::max(light, ground) + 0.05) / (std::min(light, ground) + 0.05);
}

TEST(CurveLookTest, EachColourCanBeToldFromBothGrounds) {
  constexpr double kWhite = 1, kDarkCard = 0.0145;  // #1c2025
  for (std::size_t look = 0; look < kLooks; ++look) {
    EXPECT_GE(contrast(curve_look(look).colour, kWhite), 3) << look;
    EXPECT_GE(contrast(curve_look(look).colour, kDarkCard), 3) << look;
  }
}

TEST(CurveLookTest, NoTwoHaveTheSameDash) {
  for (std::size_t a = 0; a < kLooks; ++a) {
    for (std::size_t b = a + 1; b < kLooks; ++b)
      EXPECT_STRNE(curve_look(a).dash, curve_look(b).dash);
  }
}

TEST(ChartJsonTest, ItHoldsWhatTheScriptDraws) {
  Chart with_gap = chart();
  with_gap.curves[0].points[1].y.reset();
  const auto json = nlohmann::json::parse(chart_json(with_gap));
  EXPECT_EQ(json["y"]["logarithmic"], true);
  EXPECT_EQ(json["y"]["ticks"][1], nlohmann::json({2.0, "2"}));
  EXPECT_EQ(json["curves"][0]["points"][0], nlohmann::json({0.0, 1.0, "a"}));
  EXPECT_TRUE(json["curves"][0]["points"][1][1].is_null());
}

}  // namespace
}  // namespace sockspec::reports
