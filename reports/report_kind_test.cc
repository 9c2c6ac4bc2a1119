#include "reports/report_kind.h"

#include <gtest/gtest.h>

namespace sockspec::reports::test {
namespace {

std::string error_of(std::string_view text) {
  const auto kind = report_kind(text, "a.json");
  return kind ? "no error" : kind.error().text;
}

TEST(ReportKindTest, TheSchemaTells) {
  EXPECT_EQ(*report_kind(R"({"schema": "sockspec/check/1"})", "a.json"), ReportKind::Check);
  EXPECT_EQ(*report_kind(R"({"schema": "sockspec/load/1"})", "a.json"), ReportKind::Load);
}

TEST(ReportKindTest, AnotherReportIsNamed) {
  EXPECT_EQ(error_of(R"({"schema": "sockspec/grade/1"})"),
            "a.json: /schema: \"sockspec/grade/1\" is no report of sockspec check "
            "(\"sockspec/check/1\") or sockspec load (\"sockspec/load/1\")");
}

TEST(ReportKindTest, WhatIsNoReportSaysWhere) {
  EXPECT_EQ(error_of("{}"), "a.json: /: the field \"schema\" is missing");
  EXPECT_EQ(error_of("[]"), "a.json: /: this is a list; write an object, { … }");
  EXPECT_NE(error_of("{\"schema\": ").find("a.json:"), std::string::npos);
}

}  // namespace
}  // namespace sockspec::reports::test
