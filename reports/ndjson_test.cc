#include "reports/ndjson.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "reports/check_report_for_test.h"

namespace sockspec::reports::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<json> events(const std::string& stream) {
  std::vector<json> all;
  std::istringstream lines(stream);
  for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
  return all;
}

std::vector<std::string> kinds(const std::string& stream) {
  std::vector<std::string> all;
  for (const json& event : events(stream)) all.push_back(event.at("event"));
  return all;
}

TEST(NdjsonTest, AStreamBeginsAndEnds) {
  EXPECT_THAT(kinds(ndjson(good_check())), ElementsAre("begin", "result", "result", "end"));
  EXPECT_THAT(kinds(ndjson(invalid_check())),
              ElementsAre("begin", "result", "result", "trouble", "end"));
}

TEST(NdjsonTest, TheWholeIsItsParts) {
  const CheckReport report = bad_check();
  std::string parts = ndjson_begin(report);
  for (const ScenarioResult& result : report.results) parts += ndjson_result(report, result);
  EXPECT_EQ(ndjson(report), parts + ndjson_end(report));
}

TEST(NdjsonTest, AFailureTellsWhatCameAndHowToRepeatIt) {
  const json event = events(ndjson(bad_check())).at(1);
  EXPECT_EQ(event.at("scenario"), "stream/basic");
  EXPECT_EQ(event.at("outcome"), "fail");
  EXPECT_EQ(event.at("counts_as"), "failed");
  EXPECT_EQ(event.at("duration_ms"), 2.5);
  EXPECT_EQ(event.at("checks").at(0).at("expected"), "the same 5 bytes back");
  EXPECT_THAT(event.at("reproduce").get<std::string>(), HasSubstr("--only stream/basic --seed 7"));
}

TEST(NdjsonTest, TheEndHasTheExitCode) {
  const json event = events(ndjson_end(known_check())).back();
  EXPECT_EQ(event.at("exit_code"), 0);
  EXPECT_EQ(event.at("known"), 1);
  EXPECT_EQ(event.at("counts").at("fail"), 1);
}

TEST(NdjsonTest, NothingThatAServerPrintsBreaksALine) {
  EXPECT_THAT(kinds(ndjson(hostile_check())), ElementsAre("begin", "result", "result", "result",
                                                          "trouble", "trouble", "trouble", "end"));
}

}  // namespace
}  // namespace sockspec::reports::test
