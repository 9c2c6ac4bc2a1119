#include "reports/html/class_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/check_report_for_test.h"
#include "reports/grade_report_for_test.h"

namespace sockspec::reports::test {
namespace {

using grade::GradeReport;
using testing::HasSubstr;
using testing::Not;

Catalogue one_shot() {
  Fault fault;
  fault.name = "one-shot";
  fault.title = {"Closes after the first reply", "첫 응답 뒤에 연결을 닫는다"};
  fault.hint = {"Put recv() into a loop.", "recv()를 반복문에 넣으십시오."};
  Scenario half_close;
  half_close.id = "close/half-close";
  half_close.title = {"A half-close is answered", "절반 닫기에 응답한다"};
  return {{fault}, {half_close}};
}

TEST(ClassPageTest, EachSubmissionIsARowThatLeadsToItsPage) {
  GradeReport report = class_of_five();
  report.submissions[3].pages.html = "../박지훈/index.html";
  const std::string page = class_html(report, one_shot());
  EXPECT_THAT(page, HasSubstr("<a href=\"submissions/kim-minji/index.html\">kim-minji</a>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"../%EB%B0%95%EC%A7%80%ED%9B%88/index.html\">박지훈</a>"));
  EXPECT_THAT(page, Not(HasSubstr(">choi</a>")));
  EXPECT_THAT(page, HasSubstr("<div data-sort>"));
  EXPECT_THAT(page, HasSubstr("62.35"));
}

TEST(ClassPageTest, WhatIsCommonIsToldWithWhatToChange) {
  GradeReport report = class_of_five();
  EXPECT_THAT(class_html(report, one_shot()), HasSubstr("Closes after the first reply"));
  report.lang = "ko";
  const std::string korean = class_html(report, one_shot());
  EXPECT_THAT(korean, HasSubstr("<html lang=\"ko\">"));
  EXPECT_THAT(korean, HasSubstr("recv()를 반복문에 넣으십시오."));
  EXPECT_THAT(korean, HasSubstr("절반 닫기에 응답한다"));
}

TEST(ClassPageTest, ANameIsNeitherMarkupNorAnAddressElsewhere) {
  GradeReport report = class_of_five();
  report.submissions[0].name = "<script>alert(1)</script>";
  report.submissions[1].pages.html = "javascript:alert(1)";
  const std::string page = class_html(report, {});
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
}

TEST(ClassPageTest, AClassThatWasNotKeptApartIsSaid) {
  GradeReport report = class_of_five();
  report.isolation = grade::Isolation::None;
  EXPECT_THAT(class_html(report, {}), HasSubstr("could not keep the submissions apart"));
}

TEST(SubmissionPageTest, WhatWasNotHeldLeadsToItsConversation) {
  const GradeReport report = class_of_five();
  const CheckReport check = bad_check();
  const std::string page = submission_html(report, report.submissions[1], check);
  EXPECT_THAT(page, HasSubstr("62.35 of 100 points"));
  EXPECT_THAT(page, HasSubstr("changes letters"));
  EXPECT_THAT(page, HasSubstr("Send what was received."));
  EXPECT_THAT(page, HasSubstr("<li><a href=\"check.html#stream-basic.1\">"));
  EXPECT_THAT(page, Not(HasSubstr("href=\"#stream-basic")));
}

TEST(SubmissionPageTest, ACompilersOutputIsShownAndCannotBeMarkup) {
  GradeReport report = class_of_five();
  report.submissions[2].output = "<img src=x onerror=alert(1)>";
  const std::string page = submission_html(report, report.submissions[2], std::nullopt);
  EXPECT_THAT(page, HasSubstr("&lt;img src=x"));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, Not(HasSubstr("check.html")));
}

TEST(SubmissionPageTest, AServerThatWasNeverReachedHasNoScenariosToLeadTo) {
  const GradeReport report = class_of_five();
  EXPECT_THAT(submission_html(report, report.submissions[3], unreachable_check()),
              Not(HasSubstr("check.html")));
}

}  // namespace
}  // namespace sockspec::reports::test
