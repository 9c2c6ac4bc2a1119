// What holds for every format made from a report: it is red exactly when the exit code is, hostile
// text stays text and small, and what it looks like (reports/golden/check).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "core/unicode_uppercase.h"
#include "reports/check_report_for_test.h"
#include "reports/github_annotations.h"
#include "reports/gradescope.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/ndjson.h"
#include "reports/plain_text.h"
#include "reports/report_for_test.h"
#include "reports/tap.h"

namespace sockspec::reports::test {
namespace {

struct Format {
  std::string extension;
  std::function<std::string(const CheckReport&)> write;
};

std::vector<Format> formats() {
  return {{"junit.xml", junit},
          {"tap", tap},
          {"md", [](const CheckReport& report) { return markdown(report); }},
          {"github.txt", github_annotations},
          {"gradescope.json", gradescope},
          {"ndjson", ndjson},
          {"txt", plain_text}};
}

bool junit_is_red(const CheckReport& report) {
  const std::string xml = junit(report);
  return xml.find("<failure ") != std::string::npos || xml.find("<error ") != std::string::npos;
}

bool tap_is_red(const CheckReport& report) {
  std::istringstream lines(tap(report));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Bail out!")) return true;
    if (line.starts_with("not ok ") && line.find(" # TODO ") == std::string::npos) return true;
  }
  return false;
}

bool github_is_red(const CheckReport& report) {
  return github_annotations(report).find("::error ") != std::string::npos;
}

void expect_all_agree(const CheckReport& report) {
  const bool red = report.exit_code != 0;
  EXPECT_EQ(junit_is_red(report), red) << junit(report);
  EXPECT_EQ(tap_is_red(report), red) << tap(report);
  EXPECT_EQ(github_is_red(report), red) << github_annotations(report);
  EXPECT_EQ(markdown(report).find("❌") != std::string::npos, red);
}

TEST(FormatsTest, AreRedExactlyWhenTheExitCodeIs) {
  for (const NamedReport& named : all_checks()) {
    SCOPED_TRACE(named.name);
    expect_all_agree(named.report);
  }
}

ScenarioResult random_result(std::mt19937& random, const std::string& id) {
  const auto draw = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  ScenarioResult made = result(id, static_cast<Outcome>(draw(5)));
  made.level = static_cast<Level>(draw(2));
  if (made.outcome == Outcome::NotRun && draw(1) == 0)
    made.reason = {"reason.explained", {{"scenario", "a/" + std::to_string(draw(3))}}};
  if (is_bad(made.outcome) && draw(2) == 0) made.known = KnownFailure{"so", ""};
  if (is_bad(made.outcome) || made.outcome == Outcome::Inconclusive) {
    Check check;
    check.level = static_cast<Level>(draw(2));
    check.outcome = static_cast<Outcome>(draw(2));
    made.checks = {check};
  }
  return made;
}

// The exit code is decided in one place and the formats read the same results: whatever the
// combination, they must not drift apart.
TEST(FormatsTest, AgreeWithTheExitCodeOfAnyRun) {
  std::mt19937 random(1);
  for (int run = 0; run < 3000 && !HasFailure(); ++run) {
    CheckReport report = empty_report();
    report.strict = random() % 2 == 0;
    const std::size_t results = random() % 5;
    for (std::size_t i = 0; i < results; ++i)
      report.results.push_back(random_result(random, "a/" + std::to_string(i)));
    if (random() % 8 == 0) report.invalid = Message{"harness.call-failed", {{"error", "x"}}};
    if (random() % 8 == 0) report.unexpected_exits = {{"", {"exit.code", {{"code", "1"}}}, ""}};
    if (random() % 8 == 0) report.interrupted_by = 2;
    report.exit_code = exit_code_of(report);
    expect_all_agree(report);
  }
}

std::string first_control(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n') || byte == 0x7F) return text.substr(i < 20 ? 0 : i - 20, 40);
  }
  return {};
}

TEST(FormatsTest, WhatAServerPrintsIsNeverMoreThanPrintableText) {
  for (const Format& format : formats()) {
    SCOPED_TRACE(format.extension);
    const std::string text = format.write(hostile_check());
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(first_control(text), "");
    EXPECT_EQ(text.find("\xEF\xBF\xBE"), std::string::npos);  // U+FFFE
    EXPECT_EQ(text.find("\u202E"), std::string::npos);
  }
}

TEST(FormatsTest, TenMegabytesOfOutputAreCut) {
  const CheckReport report = hostile_check(10U << 20U);
  for (const Format& format : formats()) {
    SCOPED_TRACE(format.extension);
    EXPECT_LT(format.write(report).size(), 400'000U);
  }
}

TEST(FormatsTest, ALineOfTenMegabytesInEveryTextIsCut) {
  const std::string line(10U << 20U, '"');
  CheckReport report = hostile_check();
  ScenarioResult& failure = report.results.front();
  failure.scenario = failure.title.en = failure.hint.en = failure.server_output = line;
  failure.checks.front().id = line;
  failure.checks.front().observed = {line, {{line, line}}};
  failure.checks.front().difference = Difference{9'000'000, 0, line, line};
  report.command = {line};
  report.unexpected_exits.front().output = line;
  for (const Format& format : formats()) {
    SCOPED_TRACE(format.extension);
    EXPECT_LT(format.write(report).size(), 400'000U);
  }
}

TEST(FormatsTest, GradescopeAndEventsAreJson) {
  for (const NamedReport& named : all_checks()) {
    SCOPED_TRACE(named.name);
    EXPECT_TRUE(nlohmann::json::accept(gradescope(named.report)));
    std::istringstream lines(ndjson(named.report));
    for (std::string line; std::getline(lines, line);) EXPECT_TRUE(nlohmann::json::accept(line));
  }
}

// Golden files: SOCKSPEC_UPDATE_GOLDEN=1 writes them anew.

void compare_with_golden(const std::string& name, const std::string& text) {
  const std::string path = SOCKSPEC_SOURCE_DIR "/reports/golden/check/" + name;
  if (std::getenv("SOCKSPEC_UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << text;
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  const std::string golden((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, golden) << path;
}

TEST(FormatsTest, LookAsTheyDidBefore) {
  for (const NamedReport& named : all_checks()) {
    for (const Format& format : formats())
      compare_with_golden(named.name + "." + format.extension, format.write(named.report));
  }
}

TEST(FormatsTest, LookAsTheyDidBeforeInKorean) {
  for (const Format& format : formats()) {
    compare_with_golden("bad.ko." + format.extension, format.write(in_korean(bad_check())));
    compare_with_golden("interrupted.ko." + format.extension,
                        format.write(in_korean(interrupted_check())));
  }
}

}  // namespace
}  // namespace sockspec::reports::test
