// Durations and sizes as people write them.
#include "scenario/units.h"

#include <gtest/gtest.h>

namespace sockspec::scenario {
namespace {

using namespace std::chrono_literals;

std::string duration_error(std::string_view text) { return parse_duration(text).error().text; }
std::string size_error(std::string_view text) { return parse_size(text).error().text; }

std::string bad_size(const std::string& text) {
  return "\"" + text +
         "\" is not a size; write 1000, \"64KiB\", \"max_message - 1\", \"2 x tcp_wmem.max\", "
         "\"$variable\" or \"1..400\"";
}

TEST(UnitsTest, ADurationIsANumberAndAUnit) {
  EXPECT_EQ(*parse_duration("80ms"), 80ms);
  EXPECT_EQ(*parse_duration("0.5s"), 500ms);
  EXPECT_EQ(*parse_duration("200us"), 200us);
  EXPECT_EQ(*parse_duration("2m"), 2min);
  EXPECT_EQ(*parse_duration(" 1s "), 1s);
}

TEST(UnitsTest, ADurationWithoutAUnitSaysWhatWouldBeRight) {
  EXPECT_EQ(duration_error("500"), "\"500\" has no unit; write \"500ms\" or \"500s\"");
}

TEST(UnitsTest, AnUnknownUnitNamesTheKnown) {
  EXPECT_EQ(duration_error("5 min"), "\"5 min\" has an unknown unit \" min\"; use us, ms, s or m");
}

TEST(UnitsTest, WhatIsNoNumberIsNoDuration) {
  EXPECT_EQ(duration_error("soon"), "\"soon\" is not a duration; write \"500ms\" or \"0.5s\"");
  EXPECT_EQ(duration_error("-5ms"), "\"-5ms\" is not a duration; write \"500ms\" or \"0.5s\"");
  EXPECT_EQ(duration_error("1.2.3s"), "\"1.2.3s\" is not a duration; write \"500ms\" or \"0.5s\"");
  EXPECT_EQ(duration_error(""), "\"\" is not a duration; write \"500ms\" or \"0.5s\"");
}

TEST(UnitsTest, ADurationIsOneHourAtMost) {
  EXPECT_EQ(*parse_duration("60m"), 1h);
  EXPECT_EQ(duration_error("61m"), "\"61m\" is too long; at most one hour, \"60m\"");
  EXPECT_EQ(duration_error(std::string(300, '9') + "s"),
            "\"" + std::string(300, '9') + "s\" is too long; at most one hour, \"60m\"");
}

TEST(UnitsTest, ASizeIsANumberOfBytes) {
  EXPECT_EQ(parse_size("1000")->factor, 1000U);
  EXPECT_EQ(parse_size("64KiB")->factor, 65536U);
  EXPECT_EQ(parse_size("8MiB")->factor, 8U << 20U);
  EXPECT_EQ(parse_size("5B")->factor, 5U);
}

TEST(UnitsTest, ASizeMayComeFromAFigure) {
  const Size size = *parse_size("2 x tcp_wmem.max");
  EXPECT_EQ(size.factor, 2U);
  EXPECT_EQ(size.figure, "tcp_wmem.max");
  EXPECT_EQ(parse_size("$size")->figure, "$size");
  EXPECT_EQ(parse_size("$size")->factor, 1U);
}

TEST(UnitsTest, ASizeMayBeALittleMoreOrLess) {
  EXPECT_EQ(parse_size("max_message - 1")->plus, -1);
  EXPECT_EQ(parse_size("2 x max_message + 10")->plus, 10);
}

TEST(UnitsTest, ASizeMayBeARange) {
  EXPECT_EQ(parse_size("1..400")->factor, 1U);
  EXPECT_EQ(parse_size("1..400")->up_to, 400U);
}

TEST(UnitsTest, WhatIsNoSizeSaysWhatWouldBe) {
  EXPECT_EQ(size_error("many!"), bad_size("many!"));
  EXPECT_EQ(size_error("5 x"), bad_size("5 x"));
  EXPECT_EQ(size_error("400..1"), bad_size("400..1"));
  EXPECT_EQ(size_error("$"), bad_size("$"));
  EXPECT_EQ(size_error("max_message * 2"), bad_size("max_message * 2"));
  EXPECT_EQ(size_error("10kB"), bad_size("10kB"));
  EXPECT_EQ(size_error(""), bad_size(""));
}

TEST(UnitsTest, ASizeHasALimit) {
  EXPECT_EQ(size_error("1025MiB"), "\"1025MiB\" is too large; at most 1024MiB");
  EXPECT_EQ(size_error("99999999999"), "\"99999999999\" is too large; at most 1024MiB");
}

}  // namespace
}  // namespace sockspec::scenario
