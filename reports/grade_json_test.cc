// The report of a class: what is written is read again the same, and what is hostile is refused.
#include "reports/grade_json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "reports/grade_report_for_test.h"
#include "scenario/json_reader.h"

namespace sockspec::reports::test {
namespace {

using namespace grade;
using scenario::Json;

template <class Change>
std::string error_after(Change change) {
  Json json = Json::parse(grade_report_to_json(class_of_five()));
  change(json);
  const auto report = grade_report_from_json(json.dump(), "report.json");
  return report ? "no error" : report.error().text;
}

TEST(GradeJsonTest, WhatIsReadIsWrittenAgainTheSame) {
  const std::string first = grade_report_to_json(class_of_five());
  const auto again = grade_report_from_json(first, "report.json");
  ASSERT_TRUE(again.ok()) << again.error().text;
  EXPECT_EQ(grade_report_to_json(*again), first);
}

TEST(GradeJsonTest, TheSampleInTheRepositoryIsWhatIsWritten) {
  std::ifstream file(std::string(SOCKSPEC_SOURCE_DIR) + "/reports/golden/grade-report.json");
  std::stringstream sample;
  sample << file.rdbuf();
  EXPECT_EQ(grade_report_to_json(class_of_five()), sample.str());
}

TEST(GradeJsonTest, PointsSurviveExactly) {
  GradeReport report = class_of_five();
  for (Hundredths points = 0; points <= 100'00; points += 7) {
    report.submissions[0].points.earned = points;
    const auto again = grade_report_from_json(grade_report_to_json(report), "report.json");
    ASSERT_EQ(again->submissions[0].points.earned, points);
  }
}

TEST(GradeJsonTest, WhereTheGraderFailedThePointsAreNull) {
  const Json json = Json::parse(grade_report_to_json(class_of_five()));
  EXPECT_TRUE(json["submissions"][4]["points"].is_null());
  EXPECT_EQ(json["submissions"][4]["state"], "error");
  EXPECT_EQ(json["submissions"][2]["points"], 0.0);
}

TEST(GradeJsonTest, TheClassHasItsFaultsAndFigures) {
  const Json json = Json::parse(grade_report_to_json(class_of_five()));
  EXPECT_EQ(json["common_faults"].dump(),
            R"([{"fault":"drop-at-eof","submissions":1},{"fault":"one-shot","submissions":1}])");
  EXPECT_EQ(json["resumed"], 1);
  EXPECT_EQ(json["summary"]["states"]["graded"], 2);
  EXPECT_EQ(json["summary"]["mean"], 40.58);
}

TEST(GradeJsonTest, AReportOfAnotherCommandIsRefused) {
  EXPECT_EQ(error_after([](Json& json) { json["schema"] = "sockspec/check/1"; }),
            "report.json: /schema: this is no report of sockspec grade (\"sockspec/grade/1\")");
}

TEST(GradeJsonTest, WhatIsMissingOrOfAnotherKindIsSaid) {
  EXPECT_EQ(error_after([](Json& json) { json["submissions"][1].erase("state"); }),
            "report.json: /submissions/1: the field \"state\" is missing");
  EXPECT_EQ(
      error_after([](Json& json) { json["submissions"][0]["state"] = "gradde"; }),
      "report.json: /submissions/0/state: \"gradde\" is not known here; did you mean \"graded\"? "
      "(one of: graded, build-failed, did-not-start, over-limit, error)");
  EXPECT_EQ(error_after([](Json& json) { json["submissions"][0]["points"] = 101; }),
            "report.json: /submissions/0/points: is more than max_points");
  EXPECT_EQ(error_after([](Json& json) { json["submissions"][0]["max_points"] = 1e7; }),
            "report.json: /submissions/0/max_points: is more than anybody can earn");
  EXPECT_EQ(
      error_after([](Json& json) { json["submissions"][1]["diagnosis"][0]["confidence"] = 2; }),
      "report.json: /submissions/1/diagnosis/0/confidence: is out of range; write 0 to 1");
  EXPECT_EQ(error_after([](Json& json) { json["shard"]["number"] = 4; }),
            "report.json: /shard/number: 4 is out of range; write 1 to 3");
  EXPECT_EQ(error_after([](Json& json) { json["profile"].erase("framing"); }),
            "report.json: /profile: /: the field \"framing\" is missing");
}

}  // namespace
}  // namespace sockspec::reports::test
