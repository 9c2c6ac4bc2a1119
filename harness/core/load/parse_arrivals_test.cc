#include <gtest/gtest.h>

#include "core/load/arrivals.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

std::string error_of(const Result<Arrivals>& result) {
  return result ? std::string("no error") : result.error().text;
}

std::string error_of(std::string_view rate, std::string_view law = "") {
  return error_of(parse_arrivals(rate, law, 10s, law == "burst" ? std::optional("5") : std::nullopt,
                                 law == "sine" ? std::optional<Duration>(1s) : std::nullopt));
}

TEST(ParseArrivalsTest, TheFormOfTheRateImpliesTheLaw) {
  EXPECT_EQ(*parse_arrivals("10k", "", 10s), (Arrivals{Law::Constant, {10'000}, 10s}));
  EXPECT_EQ(*parse_arrivals("1k..1.5M", "", 10s), (Arrivals{Law::Ramp, {1000, 1'500'000}, 10s}));
  EXPECT_EQ(*parse_arrivals("1k,2k,500", "", 10s), (Arrivals{Law::Steps, {1000, 2000, 500}, 10s}));
}

TEST(ParseArrivalsTest, EveryLawCanBeNamed) {
  EXPECT_EQ(*parse_arrivals("10", "constant", 1s), (Arrivals{Law::Constant, {10}, 1s}));
  EXPECT_EQ(*parse_arrivals("10", "poisson", 1s), (Arrivals{Law::Poisson, {10}, 1s}));
  EXPECT_EQ(*parse_arrivals("9..1", "ramp", 1s), (Arrivals{Law::Ramp, {9, 1}, 1s}));
  EXPECT_EQ(*parse_arrivals("1,2", "steps", 1s), (Arrivals{Law::Steps, {1, 2}, 1s}));
  EXPECT_EQ(*parse_arrivals("10", "burst", 1s, "1k"), (Arrivals{Law::Burst, {10}, 1s, 1000}));
  EXPECT_EQ(*parse_arrivals("1..9", "sine", 1s, std::nullopt, 500ms),
            (Arrivals{Law::Sine, {1, 9}, 1s, 1, 500ms}));
}

TEST(ParseArrivalsTest, ARateThatIsNoNumberIsNamed) {
  for (const char* rate : {"10kk", "", "nan", "inf", "1e5", "ten"}) {
    EXPECT_EQ(error_of(rate), "--rate \"" + std::string(rate) +
                                  "\": not a number of requests per second; "
                                  "write 500, 10k or 1.5M");
  }
  EXPECT_EQ(error_of("1k..10kk"),
            "--rate \"1k..10kk\": \"10kk\" is not a number of requests per second; "
            "write 500, 10k or 1.5M");
  EXPECT_EQ(error_of("1k,,2k"),
            "--rate \"1k,,2k\": \"\" is not a number of requests per second; "
            "write 500, 10k or 1.5M");
}

TEST(ParseArrivalsTest, ARateOutOfRangeIsNamed) {
  for (const char* rate : {"0", "-5", "0.0001", "101M", "99999999999"}) {
    EXPECT_EQ(error_of(rate), "--rate \"" + std::string(rate) +
                                  "\": out of range; a rate is 0.001 to 100M requests per second");
  }
  EXPECT_EQ(
      error_of("0..10k", "ramp"),
      "--rate \"0..10k\": \"0\" is out of range; a rate is 0.001 to 100M requests per second");
}

TEST(ParseArrivalsTest, AMistypedLawIsGuessed) {
  EXPECT_EQ(error_of("10k", "posson"),
            "--arrivals \"posson\": there is no such law; did you mean \"poisson\"? "
            "(constant, poisson, ramp, steps, burst, sine)");
  EXPECT_EQ(error_of("10k", "zipf-mandelbrot"),
            "--arrivals \"zipf-mandelbrot\": there is no such law "
            "(constant, poisson, ramp, steps, burst, sine)");
}

TEST(ParseArrivalsTest, TheRateMustFitTheLaw) {
  EXPECT_EQ(error_of("10k", "ramp"),
            "--rate \"10k\": --arrivals ramp takes two rates; write 1k..10k");
  EXPECT_EQ(error_of("10k", "sine"),
            "--rate \"10k\": --arrivals sine takes two rates; write 1k..10k");
  EXPECT_EQ(error_of("1..2..3", "ramp"),
            "--rate \"1..2..3\": --arrivals ramp takes two rates; write 1k..10k");
  EXPECT_EQ(error_of("10k", "steps"),
            "--rate \"10k\": --arrivals steps takes a list of rates; write 1k,2k,5k");
  EXPECT_EQ(error_of("1k..2k", "poisson"),
            "--rate \"1k..2k\": --arrivals poisson takes one rate; write 10k");
  EXPECT_EQ(error_of("10k..1k", "sine"),
            "--rate \"10k..1k\": --arrivals sine takes the lower rate first; write 1k..10k");
}

TEST(ParseArrivalsTest, ARunTakesTime) {
  for (const Duration duration : {0s, -1s}) {
    EXPECT_EQ(error_of(parse_arrivals("10", "", duration)),
              "--duration: a run takes longer than no time; write 10s or 500ms");
  }
}

TEST(ParseArrivalsTest, BurstGoesWithItsLawOnly) {
  EXPECT_EQ(error_of(parse_arrivals("10", "burst", 1s)),
            "--arrivals \"burst\": it is not said how many requests come at once; "
            "add --burst 100");
  EXPECT_EQ(error_of(parse_arrivals("10", "", 1s, "5")),
            "--burst \"5\": --arrivals constant has no bursts; "
            "leave --burst out or write --arrivals burst");
  for (const char* burst : {"0", "1.5", "-1", "2M", "many"}) {
    EXPECT_EQ(error_of(parse_arrivals("10", "burst", 1s, burst)),
              "--burst \"" + std::string(burst) + "\": write a whole number from 1 to 1M");
  }
}

TEST(ParseArrivalsTest, PeriodGoesWithItsLawOnly) {
  EXPECT_EQ(error_of(parse_arrivals("1..9", "sine", 1s)),
            "--arrivals \"sine\": its period is not given; add --period 10s");
  EXPECT_EQ(error_of(parse_arrivals("1..9", "ramp", 1s, std::nullopt, 1s)),
            "--period: --arrivals ramp has no period; leave --period out or write --arrivals sine");
  EXPECT_EQ(error_of(parse_arrivals("1..9", "sine", 1s, std::nullopt, 999us)),
            "--period: too short; write at least 1ms");
}

TEST(ParseArrivalsTest, EveryLawStandsInItsTable) {
  EXPECT_EQ(names<Law>().size(), static_cast<std::size_t>(Law::Sine) + 1);
}

}  // namespace
}  // namespace sockspec::load
