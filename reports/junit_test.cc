#include "reports/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "reports/check_report_for_test.h"
#include "reports/report_for_test.h"
#include "reports/xml_escape.h"

namespace sockspec::reports::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    found += 1;
  return found;
}

// The first place where tags do not close as they opened; "" for a well-formed document. Python's
// test has the whole grammar (tests/test_reports.py).
std::string first_open_end(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const std::string tag = xml.substr(at + 1, xml.find('>', at) - at - 1);
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (tag.front() == '?' || tag.back() == '/') continue;
    if (tag.front() != '/') {
      open.push_back(name);
    } else if (open.empty() || "/" + open.back() != name) {
      return tag;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

TEST(JunitTest, AServerThatHoldsItsContract) {
  const std::string xml = junit(good_check());
  EXPECT_THAT(xml, HasSubstr("<testsuites name=\"sockspec.tcp-test\" tests=\"2\" failures=\"0\" "
                             "errors=\"0\" time=\"4.321\">"));
  EXPECT_THAT(xml, HasSubstr("<testcase classname=\"sockspec.tcp-test.stream\" "
                             "name=\"stream/basic\" time=\"0.012\" group=\"must\"/>"));
}

TEST(JunitTest, EveryOutcomeHasItsElement) {
  const std::string xml = junit(bad_check());
  EXPECT_THAT(xml, HasSubstr("tests=\"6\" failures=\"1\" errors=\"0\""));
  EXPECT_THAT(xml, HasSubstr("<failure type=\"must\" message=\"expected: the same 5 bytes back; "
                             "came: byte 2 of the reply differs: &quot;heLlo&quot;\">FAIL"));
  EXPECT_THAT(xml, HasSubstr("<system-out>warn  latency/prompt"));
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"doubtful\" message=\"missed its time limit once"));
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"not-run\" message=\"not run: stream/basic failed"));
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"skipped\" message=\"left out by --skip\"/>"));
}

TEST(JunitTest, WhatCouldNotBeJudgedIsAnError) {
  const std::string xml = junit(undecided_check());
  EXPECT_THAT(xml, HasSubstr("failures=\"0\" errors=\"1\""));
  EXPECT_THAT(xml, HasSubstr("<error type=\"inconclusive\" message=\"missed its time limit"));
}

TEST(JunitTest, AKnownFailureIsSkippedWithItsReason) {
  EXPECT_THAT(junit(known_check()),
              HasSubstr("<skipped type=\"known\" message=\"known failure: half done, see #7  "
                        "https://bugs/7\"/>"));
}

TEST(JunitTest, WarningsFailAStrictRun) {
  CheckReport report = bad_check();
  report.strict = true;
  const std::string xml = junit(report);
  EXPECT_THAT(xml, HasSubstr("failures=\"2\" errors=\"1\""));
  EXPECT_THAT(xml, HasSubstr("<failure type=\"should\""));
  EXPECT_THAT(xml, HasSubstr("<property name=\"level\" value=\"should\"/>"));
}

TEST(JunitTest, ARunThatCouldNotEndIsAnError) {
  EXPECT_THAT(
      junit(invalid_check()),
      HasSubstr("name=\"run/not-valid\" time=\"0.000\">\n      <error type=\"run/not-valid\" "
                "message=\"This run is not valid: this machine could not go on"));
  const std::string xml = junit(interrupted_check());
  EXPECT_THAT(xml, HasSubstr("<error type=\"run/interrupted\" message=\"Interrupted by signal 2"));
  EXPECT_THAT(xml, HasSubstr("<error type=\"run/server-ended\""));
}

TEST(JunitTest, TheProfileAndTheSeedAreProperties) {
  const std::string xml = junit(good_check());
  EXPECT_THAT(xml, HasSubstr("<property name=\"profile\" value=\"tcp-test\"/>"));
  EXPECT_THAT(xml, HasSubstr("<property name=\"seed\" value=\"7\"/>"));
}

TEST(JunitTest, ScenariosOfAGroupAreOneSuiteWhereverTheyStand) {
  CheckReport report = good_check();
  report.results.push_back(result("stream/later", Outcome::Pass));
  EXPECT_EQ(count(junit(report), "<testsuite "), 2U);
}

// A history of tests must not break because a word was changed, or because of the language.
TEST(JunitTest, NamesDoNotDependOnTheLanguage) {
  EXPECT_EQ(junit(in_korean(good_check())), junit(good_check()));
}

TEST(JunitTest, NoTestIsSaidToStandInAFile) {
  EXPECT_THAT(junit(bad_check()), Not(HasSubstr("file=")));
}

TEST(JunitTest, ATimeThatIsNoneIsLeftOut) {
  EXPECT_THAT(junit(good_check()), HasSubstr(" timestamp=\"2026-11-21T10:00:00\""));
  CheckReport report = good_check();
  for (const char* const time :
       {"", "2026-11-21", "2026-11-21 10:00:00Z", "x026-11-21T10:00:00Z"}) {
    report.started_at = time;
    EXPECT_THAT(junit(report), Not(HasSubstr("timestamp"))) << time;
  }
}

TEST(JunitTest, TheDocumentIsWellFormedWhateverTheServerSays) {
  for (const NamedReport& named : all_checks()) {
    SCOPED_TRACE(named.name);
    EXPECT_EQ(first_open_end(junit(named.report)), "");
  }
  const std::string xml = junit(hostile_check());
  EXPECT_EQ(count(xml, "]]>"), 0U);
  EXPECT_EQ(count(xml, "<script"), 0U);
  EXPECT_EQ(count(xml, "<testcase "), 6U);  // 3 scenarios, 3 troubles
}

TEST(XmlEscapeTest, MarkupIsText) {
  EXPECT_EQ(xml_text("<a href=\"x\">&amp; ]]>"), "&lt;a href=\"x\"&gt;&amp;amp; ]]&gt;");
  EXPECT_EQ(xml_attribute("m", "a\"<\n'"), " m=\"a&quot;&lt;&#10;'\"");
}

}  // namespace
}  // namespace sockspec::reports::test
