#include "core/load/bottleneck.h"

#include <gtest/gtest.h>

#include <chrono>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr auto kServer = Bottleneck::Server;
constexpr auto kGenerator = Bottleneck::Generator;
constexpr auto kSchedule = Bottleneck::Schedule;
constexpr auto kUnclear = Bottleneck::Unclear;
constexpr std::nullopt_t kUnknown = std::nullopt;

TEST(BottleneckTest, InAClosedLoop) {
  struct Row {
    double busiest, waited;
    std::optional<double> server_cores;
    bool in_flight;
    Bottleneck expected;
  };
  const Row rows[] = {
      {0.95, 0, kUnknown, true, kGenerator}, {1.00, 0, 0.50, true, kGenerator},
      {1.00, 0, 0.94, true, kGenerator},     {1.00, 0, 0.95, true, kUnclear},
      {1.00, 0, 3.00, true, kUnclear},       {0.94, 0, kUnknown, true, kUnclear},
      {0.86, 0, 1.00, true, kUnclear},       {0.85, 0, kUnknown, true, kServer},
      {0.10, 0, 0.10, true, kServer},        {0.10, 0, 1.00, true, kServer},
      {0.60, 0.20, kUnknown, true, kServer}, {0.60, 0.30, kUnknown, true, kUnclear},
      {0.10, 0, kUnknown, false, kUnclear},
  };
  for (const Row& row : rows) {
    BottleneckSigns signs;
    signs.busiest = row.busiest;
    signs.waited = row.waited;
    signs.server_cores = row.server_cores;
    signs.in_flight = row.in_flight;
    EXPECT_EQ(name_of(bottleneck_of(signs)), name_of(row.expected))
        << row.busiest << " " << row.waited;
  }
}

TEST(BottleneckTest, InAnOpenLoop) {
  struct Row {
    double adherence, busiest;
    bool kept_up;
    Bottleneck expected;
  };
  const Row rows[] = {
      {100, 0.2, true, kSchedule},  {99.9, 1.0, true, kSchedule},  {100, 0.2, false, kServer},
      {99.9, 0.9, false, kServer},  {99.8, 1.0, true, kGenerator}, {50, 0.95, false, kGenerator},
      {99.8, 0.94, true, kUnclear}, {50, 0.2, false, kUnclear},
  };
  for (const Row& row : rows) {
    BottleneckSigns signs;
    signs.open_loop = true;
    signs.adherence = row.adherence;
    signs.busiest = row.busiest;
    signs.kept_up = row.kept_up;
    EXPECT_EQ(name_of(bottleneck_of(signs)), name_of(row.expected))
        << row.adherence << " " << row.busiest;
  }
}

LoadReport open_loop(std::uint64_t answered, Duration response) {
  LoadReport report;
  report.plan.stages = {{Law::Constant, {1000}, 10s}};
  report.duration = 10s;
  report.total.requests.due = 10'000;
  report.total.requests.on_time = 10'000;
  report.total.requests.answered = answered;
  report.total.latency.response.record_n(response, answered);
  return report;
}

TEST(BottleneckTest, WhatIsStillInFlightAtTheEndIsNoBacklog) {
  EXPECT_TRUE(signs_of(open_loop(10'000, 1ms)).kept_up);
  EXPECT_TRUE(signs_of(open_loop(9901, 1ms)).kept_up);
  EXPECT_FALSE(signs_of(open_loop(9800, 1ms)).kept_up);
  EXPECT_TRUE(signs_of(open_loop(9500, 500ms)).kept_up);   // a slow one, but a steady one
  EXPECT_FALSE(signs_of(open_loop(9000, 500ms)).kept_up);  // grew to 1 s, the mean is half of it
  EXPECT_FALSE(signs_of(open_loop(0, 1ms)).kept_up);
}

TEST(BottleneckTest, WaitingIsThatOfOneWorker) {
  LoadReport report = open_loop(10'000, 1ms);
  report.plan.threads = 4;
  report.generator.waited = 4s;
  EXPECT_DOUBLE_EQ(signs_of(report).waited, 0.1);
}

TEST(BottleneckTest, ARunWithoutTimeHasNoSigns) {
  LoadReport report;
  report.server = ServerCost{};
  EXPECT_EQ(signs_of(report).waited, 0);
  EXPECT_EQ(bottleneck_of(signs_of(report)), kUnclear);
}

}  // namespace
}  // namespace sockspec::load
