#include "reports/html/check_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <vector>

#include "core/unicode_uppercase.h"
#include "reports/check_report_for_test.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Without the style sheet and the script, which have tests of their own, and their hashes.
std::string markup(const CheckReport& report) {
  std::string page = check_html(report);
  for (const char* const tag : {"style", "script"}) {
    const std::string open = "<" + std::string(tag) + ">";
    const std::size_t begin = page.find(open) + open.size();
    page.erase(begin, page.find("</" + std::string(tag) + ">", begin) - begin);
  }
  return std::regex_replace(page, std::regex("sha256-[^&]*&"), "sha256-HASH&");
}

// The elements that are open at each place, as a browser of good will sees them: empty at the end.
std::vector<std::string> unclosed(const std::string& page) {
  static const std::regex tag(
      "<(/?)([a-z][a-z0-9]*)((?:\\s+[-a-zA-Z:]+(?:=\"[^\"<>]*\")?)*)\\s*(/?)>");
  const std::vector<std::string> alone = {"meta", "link", "input", "br"};
  std::vector<std::string> open;
  for (auto at = std::sregex_iterator(page.begin(), page.end(), tag); at != std::sregex_iterator();
       ++at) {
    const std::string name = (*at)[2];
    if ((*at)[4] == "/" || std::find(alone.begin(), alone.end(), name) != alone.end()) continue;
    if ((*at)[1] != "/") {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      open.push_back("/" + name);
      return open;
    } else {
      open.pop_back();
    }
  }
  return open;
}

TEST(CheckHtmlTest, EveryElementIsClosed) {
  for (const NamedReport& named : all_checks()) {
    SCOPED_TRACE(named.name);
    const std::string page = markup(named.report);
    EXPECT_THAT(unclosed(page), testing::IsEmpty());
    // And nothing else begins with '<'.
    const std::regex known("<(/?[a-z][a-z0-9]*[ >\n/]|!DOCTYPE html>)");
    const auto tags = std::distance(std::sregex_iterator(page.begin(), page.end(), known),
                                    std::sregex_iterator());
    EXPECT_EQ(tags, std::count(page.begin(), page.end(), '<'));
  }
}

TEST(CheckHtmlTest, TheFirstScreenSaysWhatIsWrongAndWhatToChange) {
  const std::string page = markup(bad_check());
  const std::size_t list = page.find("id=\"scenarios\"");
  for (const char* const part :
       {"The server does not hold its contract", "your server behaves like swaps-case (90 %)",
        "The reply is made from a changed copy.", "what to change", "Send what was received.",
        "send(fd, buffer, n, 0);"}) {
    EXPECT_LT(page.find(part), list) << part;
  }
}

TEST(CheckHtmlTest, WithoutADiagnosisTheFirstFailureIsThePlaceToBegin) {
  CheckReport report = bad_check();
  report.diagnosis.clear();
  const std::string page = markup(report);
  EXPECT_LT(page.find("Begin here"), page.find("id=\"scenarios\""));
  EXPECT_THAT(page, HasSubstr("<a href=\"#stream-basic.1\">"));
  EXPECT_THAT(page, HasSubstr("id=\"stream-basic.1\""));
}

TEST(CheckHtmlTest, AGoodServerHasNothingToChange) {
  const std::string page = markup(good_check());
  EXPECT_THAT(page, HasSubstr("class=\"top good\""));
  EXPECT_THAT(page, HasSubstr("<h1>The server holds its contract: 2 of 2 scenarios passed.</h1>"));
  EXPECT_THAT(page, Not(HasSubstr("id=\"diagnosis\"")));
}

TEST(CheckHtmlTest, WhatStoppedARunIsItsHeadline) {
  EXPECT_THAT(markup(unreachable_check()),
              HasSubstr("<h1>The server could not be started or reached.</h1>"));
  EXPECT_THAT(markup(invalid_check()), HasSubstr("<h1>This run is not valid: "));
  EXPECT_THAT(markup(interrupted_check()), HasSubstr("<h1>Interrupted by signal 2"));
}

// The page is red exactly when the exit code is, as every other format.
TEST(CheckHtmlTest, OnlyARunThatHoldsIsGood) {
  for (const NamedReport& named : all_checks()) {
    const bool good = markup(named.report).find("class=\"top good\"") != std::string::npos;
    EXPECT_EQ(good, named.report.exit_code == 0) << named.name;
  }
}

// Without JavaScript a control would be a lie.
TEST(CheckHtmlTest, TheFilterIsHiddenUntilItWorks) {
  EXPECT_THAT(markup(bad_check()),
              HasSubstr("<form class=\"filter\" data-filter=\"results\" role=\"search\" hidden>"));
}

TEST(CheckHtmlTest, ALinkThatIsNoPageIsText) {
  CheckReport report = known_check();
  report.results.front().known->link = "javascript:alert(1)";
  EXPECT_THAT(markup(report), Not(HasSubstr("href=\"javascript")));
  EXPECT_THAT(markup(report), HasSubstr("javascript:alert(1)"));
  EXPECT_THAT(markup(known_check()), HasSubstr("<a rel=\"noreferrer\" href=\"https://bugs/7\">"));
}

TEST(CheckHtmlTest, HostileTextStaysText) {
  for (const std::string lang : {"en", "ko"}) {
    CheckReport report = hostile_check();
    report.lang = lang;
    const std::string page = markup(report);
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_EQ(page.find("<!--"), std::string::npos);
    EXPECT_EQ(page.find("]]>"), std::string::npos);
    EXPECT_EQ(page.find('\x1b'), std::string::npos);
    EXPECT_EQ(page.find('\0'), std::string::npos);
    EXPECT_EQ(page.find("\xE2\x80\xAE"), std::string::npos) << "turns the direction of text";
    EXPECT_TRUE(is_utf8(page));
  }
}

// One failure may be told at length, 10 MB of what a server printed may not.
TEST(CheckHtmlTest, TenMegabytesOfOutputAreCut) {
  const std::string page = check_html(hostile_check(10'000'000));
  EXPECT_LT(page.size(), 400'000U);
  EXPECT_THAT(page, HasSubstr("bytes left out"));
}

TEST(CheckHtmlTest, ALongProgramIsCut) {
  CheckReport report = bad_check();
  report.results.front().reproduce_python = std::string(10'000'000, 'x');
  EXPECT_LT(check_html(report).size(), 200'000U);
}

// So that a page of 10,000 results opens at once.
TEST(CheckHtmlTest, TenThousandResultsAreAllListedAndWhatIsLeftOutIsSaid) {
  CheckReport report = bad_check();
  const ScenarioResult failed = report.results.front();
  report.results.assign(10'000, failed);
  for (std::size_t i = 0; i < report.results.size(); ++i)
    report.results[i].scenario = "many/s" + std::to_string(i);
  const std::string page = check_html(report);
  EXPECT_LT(page.size(), 12'000'000U);
  EXPECT_THAT(page, HasSubstr("it leaves out the details of"));
  EXPECT_THAT(page, HasSubstr("many/s9999"));
}

TEST(CheckHtmlTest, ALittleReportLeavesNothingOut) {
  EXPECT_THAT(markup(bad_check()), Not(HasSubstr("leaves out")));
}

TEST(CheckHtmlTest, RowsBeyondAllReasonAreCounted) {
  CheckReport report = good_check();
  report.results.assign(20'005, result("a/b", Outcome::Skipped));
  EXPECT_THAT(check_html(report), HasSubstr("Scenarios that are not even listed: 5;"));
}

std::string read(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What they look like: reports/golden/html. SOCKSPEC_UPDATE_GOLDEN=1 writes them anew.
TEST(CheckHtmlTest, IsAsTheGoldenFilesSay) {
  const std::vector<NamedReport> shown = {{"good.en", good_check()},
                                          {"bad.en", bad_check()},
                                          {"bad.ko", in_korean(bad_check())},
                                          {"hostile.en", hostile_check()}};
  for (const NamedReport& named : shown) {
    const std::string path =
        std::string(SOCKSPEC_SOURCE_DIR) + "/reports/golden/html/" + named.name + ".html";
    const std::string page = markup(named.report);
    if (std::getenv("SOCKSPEC_UPDATE_GOLDEN")) std::ofstream(path) << page;
    EXPECT_EQ(page, read(path)) << path;
  }
}

}  // namespace
}  // namespace sockspec::reports::test
