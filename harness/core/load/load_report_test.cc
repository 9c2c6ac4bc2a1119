#include "core/load/load_report.h"

#include <gtest/gtest.h>

#include <chrono>

#include "core/random.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

// Something in every counter.
Tally any_tally(Random& random) {
  Tally tally;
  tally.requests = {random.below(1000), random.below(1000), random.below(1000), random.below(1000),
                    random.below(1000), random.below(1000), random.below(1000)};
  for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>())
    tally.verdicts[entry.value] = random.below(100);
  tally.bytes_sent = random.below(1'000'000);
  tally.bytes_received = random.below(1'000'000);
  tally.connections = {random.below(9), random.below(9), random.below(9), random.below(9),
                       random.below(9)};
  tally.udp = {random.below(9), random.below(9), random.below(9)};
  for (int i = 0; i < 50; ++i) {
    tally.latency.response.record(
        Duration(static_cast<Duration::rep>(random.below(1'000'000'000))));
    tally.latency.service.record(Duration(static_cast<Duration::rep>(random.below(1'000'000))));
    tally.latency.lag.record(Duration(static_cast<Duration::rep>(random.below(1000))));
  }
  return tally;
}

void expect_same(const Histogram& one, const Histogram& other) {
  EXPECT_TRUE(std::equal(one.counts().begin(), one.counts().end(), other.counts().begin(),
                         other.counts().end()));
  EXPECT_EQ(one.exact(), other.exact());
}

void expect_same(const Tally& one, const Tally& other) {
  EXPECT_EQ(one.requests, other.requests);
  EXPECT_EQ(one.verdicts, other.verdicts);
  EXPECT_EQ(one.bytes_sent, other.bytes_sent);
  EXPECT_EQ(one.bytes_received, other.bytes_received);
  EXPECT_EQ(one.connections, other.connections);
  EXPECT_EQ(one.udp, other.udp);
  expect_same(one.latency.response, other.latency.response);
  expect_same(one.latency.service, other.latency.service);
  expect_same(one.latency.lag, other.latency.lag);
}

LoadReport open_loop() {
  LoadReport report;
  report.plan.stages = {{Law::Constant, {1000}, 10s}};
  report.duration = 10s;
  return report;
}

TEST(TallyTest, PartsAddUpToOneBigTallyInAnyOrder) {
  std::vector<Tally> parts;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Random random(seed);
    parts.push_back(any_tally(random));
  }
  Tally forward;
  for (const Tally& part : parts) forward.add(part);
  Tally pairs;
  pairs.add(parts[3]);
  pairs.add(parts[1]);
  Tally rest;
  rest.add(parts[2]);
  rest.add(parts[0]);
  pairs.add(rest);
  expect_same(forward, pairs);
  EXPECT_EQ(forward.latency.response.count(), 200U);
  EXPECT_EQ(forward.requests.due, parts[0].requests.due + parts[1].requests.due +
                                      parts[2].requests.due + parts[3].requests.due);
}

TEST(TallyTest, AClearedOneIsAsNew) {
  Random random(7);
  Tally tally = any_tally(random);
  tally.clear();
  expect_same(tally, Tally());
}

TEST(TallyTest, DropsThatNobodyCouldSeeStayUnknown) {
  UdpCounts drops;
  drops.add({});
  EXPECT_FALSE(drops.server_drops);
  drops.add({0, 3, 0});
  drops.add({});
  EXPECT_EQ(drops.server_drops, 3U);
}

TEST(LoadReportTest, OnlyAScheduleOffersARate) {
  LoadReport report = open_loop();
  report.total.requests.due = 10'000;
  EXPECT_EQ(offered_rate(report), 1000);
  report.plan.stages.clear();
  EXPECT_FALSE(offered_rate(report));
}

TEST(LoadReportTest, ARunThatWasEndedEarlyOfferedWhatFellDue) {
  LoadReport report = open_loop();
  report.duration = 2s;
  report.total.requests.due = 2000;
  EXPECT_EQ(offered_rate(report), 1000);
}

TEST(LoadReportTest, OnlyRightRepliesAreAchieved) {
  LoadReport report = open_loop();
  report.total.verdicts[ReplyVerdict::Ok] = 500;
  report.total.verdicts[ReplyVerdict::Corrupt] = 500;
  EXPECT_EQ(achieved_rate(report), 50);
  report.duration = {};
  EXPECT_EQ(achieved_rate(report), 0);
  EXPECT_FALSE(figure_of(report, AchievedRate{}));
}

TEST(AdherenceTest, LateRequestsCountAgainstTheGeneratorAndThoseThatTheServerHoldsUpDoNot) {
  LoadReport report = open_loop();
  report.total.requests.due = 1000;
  report.total.requests.on_time = 900;
  EXPECT_EQ(adherence(report), 90);
  report.total.requests.blocked = 900;  // handed over on time, all of them
  EXPECT_EQ(adherence(report), 90);
  report.total.requests.not_sent = 50;  // whether taken up on time or not, on_time says
  EXPECT_EQ(adherence(report), 90);
}

TEST(AdherenceTest, IsFullWithoutAScheduleAndNeverMoreThanFull) {
  LoadReport report = open_loop();
  EXPECT_EQ(adherence(report), 100);
  report.total.requests.due = 10;
  report.total.requests.on_time = 10;
  report.total.requests.not_sent = 5;
  EXPECT_EQ(adherence(report), 100);
  report.total.requests.on_time = 0;
  report.total.requests.not_sent = 0;
  EXPECT_EQ(adherence(report), 0);
  report.plan.stages.clear();
  EXPECT_EQ(adherence(report), 100);
}

TEST(FigureTest, EveryLatencyIsNoneWhereNothingWasRecorded) {
  const LoadReport report = open_loop();
  for (const Metric& metric : metrics()) {
    EXPECT_EQ(figure_of(report, metric).has_value(), kind_of(metric) != MetricKind::Latency)
        << text(metric);
  }
}

TEST(FigureTest, LatenciesAreInNanoseconds) {
  LoadReport report = open_loop();
  report.total.latency.response.record(1500ns);
  report.total.latency.service.record(1000ns);
  report.total.latency.lag.record(500ns);
  EXPECT_EQ(figure_of(report, LatencyMetric{Series::Response, Statistic::Max}), 1500);
  EXPECT_EQ(figure_of(report, LatencyMetric{Series::Service, Statistic::Mean}), 1000);
  EXPECT_EQ(figure_of(report, LatencyMetric{Series::Lag, Statistic::P50}), 500);
}

TEST(FigureTest, EveryVerdictHasItsMetric) {
  for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
    LoadReport report = open_loop();
    report.total.verdicts[entry.value] = 7;
    const auto counted = value_of<Counted>(entry.name);
    ASSERT_TRUE(counted) << entry.name;
    EXPECT_EQ(figure_of(report, *counted), 7) << entry.name;
    EXPECT_EQ(figure_of(report, Counted::Errors), entry.value == ReplyVerdict::Ok ? 0 : 7);
  }
}

TEST(LoadNamesTest, EveryVerdictHasAName) {
  ASSERT_EQ(names<ReplyVerdict>().size(), kReplyVerdicts);
  for (std::size_t i = 0; i < kReplyVerdicts; ++i)
    EXPECT_EQ(static_cast<std::size_t>(names<ReplyVerdict>()[i].value), i);
}

}  // namespace
}  // namespace sockspec::load
