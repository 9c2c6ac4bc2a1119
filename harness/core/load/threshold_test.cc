#include "core/load/threshold.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace sockspec::load {
namespace {

constexpr LatencyMetric kP99{Series::Response, Statistic::P99};

std::string error_of(std::string_view text) {
  const Result<Threshold> result = parse_threshold(text);
  return result ? "no error" : result.error().text;
}

bool holds(std::string_view text, std::optional<double> actual) {
  return evaluate(parse_threshold(text).value(), actual).holds;
}

TEST(ThresholdTest, EachKindOfMetricIsRead) {
  EXPECT_EQ(*parse_threshold("response.p99 < 5ms"), (Threshold{kP99, Relation::Less, 5e6}));
  EXPECT_EQ(*parse_threshold("corrupt == 0"), (Threshold{Counted::Corrupt, Relation::Equal, 0}));
  EXPECT_EQ(*parse_threshold("rate >= 10k"), (Threshold{AchievedRate{}, Relation::AtLeast, 1e4}));
  EXPECT_EQ(*parse_threshold("adherence > 99.9%"),
            (Threshold{Adherence{}, Relation::Greater, 99.9}));
}

TEST(ThresholdTest, SpacesAreFree) {
  EXPECT_EQ(*parse_threshold("not_sent!=1.5k"),
            (Threshold{Counted::NotSent, Relation::NotEqual, 1500}));
  EXPECT_EQ(*parse_threshold("  response.p99<=  5 ms "), (Threshold{kP99, Relation::AtMost, 5e6}));
}

TEST(ThresholdTest, EveryUnitIsRead) {
  const struct {
    const char* figure;
    double nanoseconds;
  } rows[] = {{"7ns", 7},
              {"1.001us", 1001},
              {"1.001\xC2\xB5s", 1001},
              {"2\xCE\xBCs", 2000},
              {"0.5ms", 500'000},
              {"2s", 2e9},
              {"0s", 0}};
  for (const auto& row : rows)
    EXPECT_EQ(parse_threshold("lag.max < " + std::string(row.figure))->value, row.nanoseconds);
}

TEST(ThresholdTest, TheNormalFormReadsBackTheSame) {
  const struct {
    const char* typed;
    const char* normal;
  } rows[] = {{"response.p99<5000us", "response.p99 < 5ms"},
              {"service.mean <= 0.25ms", "service.mean <= 250us"},
              {"lag.p999 > 1500ms", "lag.p999 > 1.5s"},
              {"response.max != 0s", "response.max != 0ns"},
              {"corrupt==0", "corrupt == 0"},
              {"rate >= 10000", "rate >= 10k"},
              {"adherence>=99.9", "adherence >= 99.9%"}};
  for (const auto& row : rows) {
    const Threshold threshold = parse_threshold(row.typed).value();
    EXPECT_EQ(text(threshold), row.normal);
    EXPECT_EQ(*parse_threshold(row.normal), threshold);
  }
}

TEST(ThresholdTest, EveryMetricIsReadByItsName) {
  std::set<std::string> seen;
  const auto example = [](MetricKind kind) {
    return kind == MetricKind::Latency ? " < 1ms" : " < 1";
  };
  for (const Metric& metric : metrics()) {
    const std::string name = text(metric);
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_EQ(parse_threshold(name + example(kind_of(metric)))->metric, metric);
  }
  EXPECT_EQ(seen.size(), 3U * 7U + static_cast<std::size_t>(Counted::Errors) + 1U + 2U);
}

TEST(ThresholdTest, AMistypedMetricIsGuessed) {
  EXPECT_EQ(error_of("reponse.p99 < 5ms"),
            "--threshold \"reponse.p99 < 5ms\": there is no metric \"reponse.p99\"; "
            "did you mean \"response.p99\"?");
  EXPECT_EQ(error_of("not-sent == 0"),
            "--threshold \"not-sent == 0\": there is no metric \"not-sent\"; "
            "did you mean \"not_sent\"?");
}

TEST(ThresholdTest, AMetricThatIsNearNothingGetsTheList) {
  EXPECT_EQ(error_of("throughput_per_second > 1"),
            "--threshold \"throughput_per_second > 1\": there is no metric "
            "\"throughput_per_second\"; there are response, service or lag with .p50 .p90 .p95 "
            ".p99 .p999 .max or .mean, sent, answered, not_sent, ok, corrupt, wrong_transform, "
            "cross_talk, duplicate, reordered, late, lost, truncated, over_long, merged, "
            "unsolicited, reset, early_end, errors, rate, adherence");
}

TEST(ThresholdTest, AMissingPartIsNamed) {
  EXPECT_EQ(error_of(" "), "--threshold \" \": it is empty; write \"response.p99 < 5ms\"");
  EXPECT_EQ(error_of("rate 10k"),
            "--threshold \"rate 10k\": no comparison stands after \"rate\"; "
            "write \"rate >= 10k\"");
  EXPECT_EQ(error_of("corrupt =="),
            "--threshold \"corrupt ==\": no figure stands after \"==\"; write \"corrupt == 0\"");
  EXPECT_EQ(error_of("< 5ms"),
            "--threshold \"< 5ms\": no metric stands before \"<\"; write \"response.p99 < 5ms\"");
}

TEST(ThresholdTest, AnotherSignIsNoComparison) {
  for (const char* sign : {"=", "=<", "<>", "!", "==="}) {
    const std::string typed = "ok " + std::string(sign) + " 5";
    EXPECT_EQ(error_of(typed), "--threshold \"" + typed + "\": \"" + sign +
                                   "\" is not a comparison; use <, <=, >, >=, == or !=");
  }
}

TEST(ThresholdTest, ALatencyNeedsAUnitThatIsKnown) {
  EXPECT_EQ(error_of("lag.p50 < 5"),
            "--threshold \"lag.p50 < 5\": \"5\" has no unit; write 5us, 5ms or 5s");
  EXPECT_EQ(error_of("lag.p50 < 5min"),
            "--threshold \"lag.p50 < 5min\": \"5min\" has an unknown unit \"min\"; "
            "use ns, us, \xC2\xB5s, ms or s");
  EXPECT_EQ(error_of("lag.p50 < fast"),
            "--threshold \"lag.p50 < fast\": \"fast\" is not a latency; write 5ms");
  EXPECT_EQ(error_of("lag.p50 < -5ms"),
            "--threshold \"lag.p50 < -5ms\": \"-5ms\" is not a latency; write 5ms");
}

TEST(ThresholdTest, AFigureOfAnotherKindIsRefused) {
  EXPECT_EQ(error_of("lost < 5ms"),
            "--threshold \"lost < 5ms\": \"5ms\" is not a count; write 0, 500, 10k or 1.5M");
  EXPECT_EQ(error_of("lost < 0.5"),
            "--threshold \"lost < 0.5\": \"0.5\" is not a count; write 0, 500, 10k or 1.5M");
  EXPECT_EQ(error_of("rate > 1 and ok > 2"),
            "--threshold \"rate > 1 and ok > 2\": \"1 and ok > 2\" is not a number of requests "
            "per second; write 500, 10k or 1.5M");
  EXPECT_EQ(error_of("adherence > 101%"),
            "--threshold \"adherence > 101%\": \"101%\" is not a percentage; "
            "write 0% to 100%, as in 99.9%");
}

TEST(ThresholdTest, EachRelationHoldsBelowAtOrAboveTheFigure) {
  const struct {
    const char* text;
    bool below, at, above;
  } rows[] = {{"ok < 10", true, false, false},  {"ok <= 10", true, true, false},
              {"ok > 10", false, false, true},  {"ok >= 10", false, true, true},
              {"ok == 10", false, true, false}, {"ok != 10", true, false, true}};
  for (const auto& row : rows) {
    EXPECT_EQ(holds(row.text, 9), row.below) << row.text;
    EXPECT_EQ(holds(row.text, 10), row.at) << row.text;
    EXPECT_EQ(holds(row.text, 11), row.above) << row.text;
  }
}

TEST(ThresholdTest, WhatWasNotMeasuredDoesNotHold) {
  for (const char* text : {"response.p99 < 5ms", "response.p99 != 5ms", "response.p99 >= 0ns"}) {
    EXPECT_FALSE(holds(text, std::nullopt)) << text;
    EXPECT_FALSE(holds(text, std::numeric_limits<double>::quiet_NaN())) << text;
  }
  const Threshold threshold = parse_threshold("response.p99 < 5ms").value();
  EXPECT_EQ(evaluate(threshold, std::numeric_limits<double>::quiet_NaN()).actual, std::nullopt);
}

TEST(ThresholdTest, TheResultKeepsWhatWasAskedAndSeen) {
  const ThresholdResult result = evaluate(parse_threshold("rate >= 10k").value(), 9999);
  EXPECT_EQ(text(result.threshold), "rate >= 10k");
  EXPECT_EQ(result.actual, 9999);
  EXPECT_FALSE(result.holds);
}

}  // namespace
}  // namespace sockspec::load
