#include "reports/load_json.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "reports/load_report_for_test.h"
#include "scenario/json_reader.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;
using load::LoadReport;
using scenario::Json;

LoadReport read(const LoadReport& report) {
  Result<LoadReport> read = load_report_from_json(load_report_to_json(report), "report.json");
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().text);
  return read.ok() ? *std::move(read) : LoadReport();
}

// The error of reading the full report after `change`.
template <class Change>
std::string error_after(Change change) {
  Json json = Json::parse(load_report_to_json(full_load()));
  change(json);
  const auto report = load_report_from_json(json.dump(), "report.json");
  return report ? "no error" : report.error().text;
}

TEST(LoadJsonTest, WhatIsReadIsWrittenAgainTheSame) {
  for (const LoadReport& report : {good_load(), bad_load(), full_load()}) {
    const std::string first = load_report_to_json(report);
    const auto again = load_report_from_json(first, "report.json");
    ASSERT_TRUE(again.ok()) << again.error().text;
    EXPECT_EQ(load_report_to_json(*again), first);
  }
}

TEST(LoadJsonTest, WhatAddsUpSurvivesExactly) {
  const LoadReport before = full_load();
  const LoadReport after = read(before);
  EXPECT_EQ(after.duration, before.duration);
  EXPECT_EQ(after.total.requests, before.total.requests);
  EXPECT_EQ(after.total.verdicts, before.total.verdicts);
  EXPECT_EQ(after.total.bytes_sent, before.total.bytes_sent);
  EXPECT_EQ(after.total.bytes_received, before.total.bytes_received);
  EXPECT_EQ(after.total.connections, before.total.connections);
  EXPECT_EQ(after.total.udp, before.total.udp);
  EXPECT_EQ(after.generator.cpu, before.generator.cpu);
  EXPECT_EQ(after.server->memory_after, before.server->memory_after);
  const auto& latency = before.total.latency;
  EXPECT_EQ(after.total.latency.response.exact(), latency.response.exact());
  EXPECT_EQ(after.total.latency.response.buckets(), latency.response.buckets());
  EXPECT_EQ(after.total.latency.service.exact(), latency.service.exact());
  EXPECT_EQ(after.total.latency.lag.count(), 0U);
}

TEST(LoadJsonTest, ThePlanSurvivesExactly) {
  const load::LoadPlan before = full_load().plan;
  const load::LoadPlan after = read(full_load()).plan;
  EXPECT_EQ(after.stages, before.stages);
  EXPECT_EQ(after.thresholds, before.thresholds);
  EXPECT_EQ(after.size, before.size);
  EXPECT_EQ(after.connections, before.connections);
  EXPECT_EQ(after.pipeline, before.pipeline);
  EXPECT_EQ(after.threads, before.threads);
  EXPECT_EQ(after.max_in_flight, before.max_in_flight);
  EXPECT_EQ(after.duration, before.duration);
  EXPECT_EQ(after.warmup, before.warmup);
  EXPECT_EQ(after.timeout, before.timeout);
  EXPECT_EQ(after.validate, before.validate);
  EXPECT_EQ(after.pace, before.pace);
  EXPECT_EQ(after.shape, before.shape);
  EXPECT_EQ(after.seed, before.seed);
  EXPECT_EQ(after.shard.index, before.shard.index);
  EXPECT_EQ(after.shard.count, before.shard.count);
  EXPECT_EQ(after.profile.transport, Transport::Udp);
}

TEST(LoadJsonTest, EveryLawOfArrivalsSurvives) {
  const load::Arrivals laws[] = {
      {load::Law::Constant, {1000.1}, 1s},   {load::Law::Poisson, {1e-3}, 1s},
      {load::Law::Ramp, {1.0 / 3, 1e8}, 1s}, {load::Law::Steps, {1e3, 2e3, 5e3}, 1s},
      {load::Law::Burst, {100}, 1s, 50},     {load::Law::Sine, {1, 2}, 1s, 1, 1ms}};
  for (const load::Arrivals& arrivals : laws) {
    LoadReport report = bad_load();
    report.plan.stages = {arrivals};
    EXPECT_EQ(read(report).plan.stages, std::vector{arrivals}) << name_of(arrivals.law);
  }
}

TEST(LoadJsonTest, PartsThatWereReadAddUpLikeTheOriginals) {
  LoadReport whole = good_load();
  whole.total.add(full_load().total);
  LoadReport merged = read(good_load());
  merged.total.add(read(full_load()).total);
  EXPECT_EQ(load_report_to_json(merged), load_report_to_json(whole));
}

TEST(LoadJsonTest, AReadReportIsJudgedTheSame) {
  for (const LoadReport& report : {good_load(), bad_load()}) {
    LoadReport again = read(report);
    judge(again);
    EXPECT_EQ(load_report_to_json(again), load_report_to_json(report));
  }
}

TEST(LoadJsonTest, HostileBytesSurvive) {
  const LoadReport after = read(full_load());
  EXPECT_EQ(after.examples[0].expected, std::string("he\0lo", 5));
  EXPECT_EQ(after.examples[0].received, "\xFF");
  EXPECT_EQ(after.server_output, full_load().server_output);
}

TEST(LoadJsonTest, NothingMeasuredIsNull) {
  LoadReport report = good_load();
  report.total.clear();
  report.duration = {};
  report.intervals = {{}};
  const Json json = Json::parse(load_report_to_json(report));
  for (const char* const place :
       {"/offered_rate", "/achieved_rate", "/latency/response/p50", "/latency/service/p999",
        "/latency/lag/max", "/latency/lag/mean", "/latency/lag/min", "/latency/lag/sum_ns",
        "/latency/lag/hdr", "/intervals/0/p50", "/intervals/0/p99", "/intervals/0/max", "/udp",
        "/server", "/generator/adherence", "/generator/cpu_us_per_request"}) {
    EXPECT_TRUE(json.at(Json::json_pointer(place)).is_null()) << place;
  }
  EXPECT_EQ(json.at("latency").at("lag").at("count"), 0);
  EXPECT_EQ(load_report_to_json(read(report)), load_report_to_json(report));
}

TEST(LoadJsonTest, LatenciesAreWholeNanoseconds) {
  const Json latency = Json::parse(load_report_to_json(full_load())).at("latency");
  EXPECT_EQ(latency.at("response").at("min"), 123'456'789);
  EXPECT_EQ(latency.at("response").at("max"), 60'000'000'000);
  EXPECT_EQ(latency.at("response").at("sum_ns"), "120123456789");
  EXPECT_EQ(latency.at("response").at("clamped"), 2);
}

TEST(LoadJsonTest, TheBottleneckIsSaidInTheRunsLanguage) {
  LoadReport report = good_load();
  const auto why = [&] {
    return Json::parse(load_report_to_json(report))["generator"]["bottleneck"]["why"]["text"];
  };
  EXPECT_EQ(why(),
            "The server set the pace: the load generator had time left and waited for "
            "replies.");
  report.lang = "ko";
  EXPECT_EQ(why(), "속도는 서버가 정했습니다. 부하 생성기는 여유가 있었고 응답을 기다렸습니다.");
}

TEST(LoadJsonTest, TheSampleIsWhatIsWritten) {
  std::ifstream in(SOCKSPEC_SOURCE_DIR "/reports/golden/load-report.json");
  Json sample = Json::parse(in, nullptr, false);
  Json written = Json::parse(load_report_to_json(full_load()));
  ASSERT_FALSE(sample.is_discarded());
  for (const char* const series : {"response", "service"}) {  // the bytes depend on zlib's version
    sample["latency"][series].erase("hdr");
    written["latency"][series].erase("hdr");
  }
  EXPECT_EQ(written, sample);
}

TEST(LoadJsonTest, AnotherSchemaIsRefusedByName) {
  EXPECT_EQ(error_after([](Json& json) { json["schema"] = "sockspec/check/1"; }),
            "report.json: /schema: this is no report of sockspec load (\"sockspec/load/1\")");
  EXPECT_EQ(load_report_from_json("[]", "report.json").error().text,
            "report.json: /: this is a list; write an object, { … }");
}

TEST(LoadJsonTest, WhatIsNoJsonIsSaidWithThePlace) {
  const auto report = load_report_from_json("{\n  broken", "report.json");
  ASSERT_FALSE(report.ok());
  EXPECT_TRUE(report.error().text.starts_with("report.json:2:3: this is not JSON: "));
}

TEST(LoadJsonTest, FiguresThatContradictEachOtherAreRefused) {
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["response"]["count"] = 4; }),
            "report.json: /latency/response: count is 4, but hdr holds 3; a report is not meant to "
            "be edited");
  const std::string cannot =
      "report.json: /latency/response: min, max, sum_ns or clamped cannot be of what hdr holds; a "
      "report is not meant to be edited";
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["response"]["max"] = 1; }), cannot);
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["response"]["min"] = 0; }), cannot);
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["response"]["sum_ns"] = "1"; }), cannot);
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["response"]["clamped"] = 3; }), cannot);
}

TEST(LoadJsonTest, HostileFieldsAreSaidByTheirPlace) {
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["service"]["hdr"] = "HISTF"; }),
            "report.json: /latency/service/hdr: not a histogram of sockspec: the Base64 "
            "has 5 characters; a whole text has a multiple of four");
  EXPECT_EQ(error_after([](Json& json) { json["latency"]["service"]["sum_ns"] = "-1"; }),
            "report.json: /latency/service/sum_ns: this is no sum; write at most 30 digits in "
            "quotes");
  EXPECT_EQ(error_after([](Json& json) { json["plan"]["stages"][0]["rate"] = "2..1"; }),
            "report.json: /plan/stages/0: --rate \"2..1\": --arrivals sine takes the lower rate "
            "first; write 1..2");
  EXPECT_EQ(error_after([](Json& json) { json["plan"]["thresholds"][0] = "p99"; }).substr(0, 33),
            "report.json: /plan/thresholds/0: ");
  EXPECT_EQ(error_after([](Json& json) { json["plan"]["shard"]["index"] = 3; }),
            "report.json: /plan/shard/index: 3 is out of range; write 0 to 2");
  EXPECT_EQ(error_after([](Json& json) { json["examples"][0]["window_offset"] = 13; }),
            "report.json: /examples/0/window_offset: 13 is out of range; write 0 to 12");
  EXPECT_EQ(error_after([](Json& json) { json["requests"]["sent"] = 1.5; }),
            "report.json: /requests/sent: this is a number; write a whole number, 0 to "
            "9007199254740992");
  EXPECT_EQ(error_after([](Json& json) { json["verdicts"].erase("lost"); }),
            "report.json: /verdicts: the field \"lost\" is missing");
  EXPECT_EQ(error_after([](Json& json) { json["duration_s"] = 1e12; }),
            "report.json: /duration_s: is too long; no run takes 31 years");
}

TEST(LoadJsonTest, NoFieldCanBeBrokenWithoutAnErrorOrAReport) {
  const Json whole = Json::parse(load_report_to_json(full_load()));
  const Json flat = whole.flatten();
  for (const auto& [path, unused] : flat.items()) {
    for (const Json& hostile : {Json(nullptr), Json(-1), Json("x"), Json::array(), Json::object(),
                                Json(1e308), Json(1LL << 53)}) {
      Json json = whole;
      json[Json::json_pointer(path)] = hostile;
      auto report = load_report_from_json(json.dump(), "report.json");
      const std::string error = report ? "report.json: /" : report.error().text;
      EXPECT_TRUE(error.starts_with("report.json: /")) << error;
      EXPECT_EQ(error.find('\n'), std::string::npos);
      if (report) judge(*report);
    }
  }
}

}  // namespace
}  // namespace sockspec::reports::test
