#include "reports/html/load_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <regex>

#include "reports/html/load_charts.h"
#include "reports/load_report_for_test.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

using namespace std::chrono_literals;
using load::LoadReport;
using load::ReplyVerdict;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// What differs from report to report: the page without the shell's style sheet and scripts.
std::string main_of(const std::string& page) {
  const std::size_t from = page.find("<main");
  const std::size_t end = page.find("</main>");
  return page.substr(from, end - from) + "</main>\n";
}

LoadReport timed_load() {
  LoadReport report = test::bad_load();
  for (int i = 0; i < 10; ++i) {
    report.intervals.push_back({1s * i, 1s, 1000, i == 4 ? 900U : 1000U, i == 4 ? 37U : 0U, 400us,
                                1ms * (i + 1), 2ms * (i + 1)});
  }
  return report;
}

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = SOCKSPEC_SOURCE_DIR "/reports/golden/" + name;
  if (std::getenv("SOCKSPEC_UPDATE_GOLDEN")) std::ofstream(path) << text;
  std::ifstream in(path);
  const std::string kept((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(text == kept) << path
                            << " is not what is written now; SOCKSPEC_UPDATE_GOLDEN=1 writes "
                               "it anew, and git diff shows what is different";
}

TEST(LoadPageTest, ItIsTheGoldenFile) {
  LoadReport report = timed_load();
  expect_golden("load-page.en.html", main_of(load_html(report)));
  report.lang = "ko";
  expect_golden("load-page.ko.html", main_of(load_html(report)));
}

TEST(LoadPageTest, TheVerdictComesFirst) {
  const std::string page = main_of(load_html(timed_load()));
  EXPECT_THAT(page, HasSubstr("<h1>37 of 10,000 replies were wrong, late or missing; 996 right "
                              "replies per second.</h1>"));
  EXPECT_LT(page.find("<h1>"), page.find("Can these figures be trusted?"));
  EXPECT_LT(page.find("Can these figures be trusted?"), page.find("<figure"));
}

TEST(LoadPageTest, WrongRepliesAreToldWithTheirBytesAndWhatToDo) {
  const std::string page = main_of(load_html(timed_load()));
  EXPECT_THAT(page, HasSubstr("send exactly the bytes that recv() returned"));
  EXPECT_THAT(page, HasSubstr("68 65 6c 6c 6f"));
  EXPECT_THAT(page, HasSubstr("68 65 4c 6c 6f"));
}

TEST(LoadPageTest, ThresholdsAreMetOrMissed) {
  const std::string page = main_of(load_html(timed_load()));
  EXPECT_THAT(page, HasSubstr("<code>response.p99 &lt; 5ms</code>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"badge passed\">met</span>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"badge failed\">MISSED</span>"));
}

TEST(LoadPageTest, ARunThatIsNotValidSaysSoBeforeItsFigures) {
  LoadReport report = test::good_load();
  report.invalid = Message{"harness.call-failed", {{"error", "Too many open files"}}};
  report.exit_code = 4;
  const std::string page = main_of(load_html(report));
  EXPECT_THAT(page, HasSubstr("<h1>These figures say nothing about the server.</h1>"));
  EXPECT_THAT(page, HasSubstr("No. What they say is about this machine or this run"));
  EXPECT_THAT(page, HasSubstr("Too many open files"));
  EXPECT_THAT(page, HasSubstr("class=\"top stack open\""));
}

TEST(LoadPageTest, AWrongByteCountsAtAnySpeed) {
  LoadReport report = test::bad_load();
  report.invalid = Message{"load.schedule-missed", {{"percent", "40"}, {"least", "95"}}};
  EXPECT_THAT(load_html(report), HasSubstr("wrong bytes are wrong at any speed"));
}

TEST(LoadPageTest, NothingMeasuredIsAPageWithoutCurves) {
  LoadReport report = test::good_load();
  report.total.clear();
  report.thresholds.clear();
  judge(report);
  const std::string page = load_html(report);
  EXPECT_THAT(page, HasSubstr("There are none: no reply was measured."));
  EXPECT_THAT(page, Not(HasSubstr("<figure")));
  EXPECT_THAT(page, Not(HasSubstr("nan")));
}

TEST(LoadPageTest, EveryPartOfAFullReportIsThereInKorean) {
  const std::string page = main_of(load_html(test::full_load()));
  for (const char* const part :
       {"감당하는 가장 높은 속도", "부하 중에 실행한 시나리오", "단계", "서버가 사라졌습니다",
        "부하 생성기의 상태", "서버가 부하에 쓴 자원", "초 단위 수치"})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_THAT(page, Not(HasSubstr("loadpage.")));
  EXPECT_THAT(page, Not(HasSubstr("chart.")));
}

TEST(LoadPageTest, SeveralProcessesAreATable) {
  LoadReport report = test::bad_load();
  EXPECT_THAT(load_html(report), Not(HasSubstr("The processes that did this together")));
  report.ranks = test::full_load().ranks;
  report.ranks[0].host = "<b>load1";
  const std::string page = main_of(load_html(report));
  EXPECT_THAT(page, HasSubstr("The processes that did this together"));
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;load1"));
  EXPECT_THAT(page, HasSubstr("first to last rank began within 40.0 µs; all ran together for"));
  report.ranks[0].start = std::nullopt;
  EXPECT_THAT(load_html(report), Not(HasSubstr("began within")));
}

TEST(LoadPageTest, OnlyAPageWithCurvesHoldsTheLibrary) {
  LoadReport report = test::good_load();
  const std::size_t with = load_html(report).size();
  report.total.latency.clear();
  EXPECT_LT(load_html(report).size(), with);
  EXPECT_THAT(load_html(report), Not(HasSubstr("figure[data-chart]")));
}

TEST(LoadPageTest, WhatAServerSaysStaysText) {
  LoadReport report = timed_load();
  const std::string evil =
      "</script></pre><script>alert(1)</script>\"'><img src=x> \x1b[31m\xFF\xC3";
  report.server_gone = Message{"exit.code", {{"code", evil}}};
  report.server_output = evil;
  report.target.command = {evil};
  report.command = {evil};
  report.os = report.kernel = report.started_at = report.tool_version = evil;
  report.plan.profile.id = evil;
  report.examples = {{ReplyVerdict::Corrupt, 1ms, 1, 1, 0, evil, evil + "x", 0}};
  report.under_load = {{evil, Outcome::Fail, {evil, {{"a", evil}}}, {evil, {}}, {}}};
  report.warnings = {{evil, {{evil, evil}}}};
  const std::string page = main_of(load_html(report));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("\x1b")));
  EXPECT_THAT(page, Not(HasSubstr("\xFF")));
}

TEST(LoadPageTest, ItsSizeIsBounded) {
  LoadReport report = timed_load();
  const std::string much(10'000'000, '<');
  report.server_gone = Message{"exit.code", {{"code", much}}};
  report.server_output = much;
  report.command = {much, much};
  report.target.command = {much};
  report.target.address = report.os = report.kernel = much;
  report.plan.profile.id = much;
  report.plan.size.ladder.assign(1'000'000, 64);
  report.examples.assign(20, {ReplyVerdict::Corrupt, 1ms, 1, 1, 5'000'000, much, much, 0});
  report.warnings.assign(10'000, {"error.text", {{"text", "w"}}});
  report.under_load.assign(100'000, {"stream/basic", Outcome::Pass, {}, {}, {}});
  report.intervals.assign(86'400, {0s, 1s, 1, 1, 1, 1ms, 1ms, 1ms});
  report.stages.assign(10'000, report.intervals.front());
  EXPECT_LT(load_html(report).size(), 3'000'000U);
}

// The highest latency of the run is the last point of the curve, and the percentiles are those of
// the histogram.
TEST(LoadChartsTest, ThePercentileCurveIsTheHistogram) {
  const LoadReport report = test::good_load();
  const std::vector<Chart> charts = load_charts(report);
  ASSERT_THAT(charts, SizeIs(1));
  EXPECT_EQ(charts[0].id, "chart-percentiles");
  const Curve& response = charts[0].curves.front();
  const load::Histogram& histogram = report.total.latency.response;
  EXPECT_EQ(response.points.front().y, static_cast<double>(histogram.at_percentile(0)->count()));
  EXPECT_EQ(response.points.back().y, 12e6);
  EXPECT_EQ(response.points.back().x, 1'234'567);
  for (std::size_t i = 1; i < response.points.size(); ++i) {
    EXPECT_GT(response.points[i].x, response.points[i - 1].x);
    EXPECT_GE(*response.points[i].y, *response.points[i - 1].y);
  }
  const auto at = std::find_if(response.points.begin(), response.points.end(),
                               [](const ChartPoint& point) { return point.x > 100; });
  EXPECT_EQ(*at->y, static_cast<double>(histogram.at_percentile(99.1)->count()));
}

TEST(LoadChartsTest, ResponseAndServiceTimeAreBothDrawn) {
  const std::vector<Chart> charts = load_charts(timed_load());
  ASSERT_THAT(charts, SizeIs(3));
  std::vector<std::string> names;
  for (const Curve& curve : charts[2].curves) names.push_back(curve.name);
  EXPECT_THAT(names, testing::ElementsAre("response (since due)", "service (since sent)",
                                          "lag (due until sent)"));
}

TEST(LoadChartsTest, ARateIsPerSecondWhateverTheLengthOfTheInterval) {
  LoadReport report = timed_load();
  report.intervals = {{0s, 500ms, 100, 100, 0, {}, {}, {}}, {500ms, 500ms, 100, 50, 0, {}, {}, {}}};
  const Chart chart = load_charts(report).front();
  EXPECT_EQ(chart.curves[1].points[0].y, 200);
  EXPECT_EQ(chart.curves[1].points[1].y, 100);
  EXPECT_EQ(chart.curves[1].points[1].says, "0.5–1 s: 100/s");
}

TEST(LoadChartsTest, WrongRepliesAreACurveOnlyWhereThereAreSome) {
  EXPECT_THAT(load_charts(timed_load()).front().curves, SizeIs(3));
  LoadReport report = timed_load();
  for (load::Interval& interval : report.intervals) interval.errors = 0;
  EXPECT_THAT(load_charts(report).front().curves, SizeIs(2));
}

TEST(LoadChartsTest, ThresholdsAreLinesInThePictureOfTheirFigure) {
  const std::vector<Chart> charts = load_charts(timed_load());
  EXPECT_THAT(charts[0].limits, SizeIs(0));
  ASSERT_THAT(charts[1].limits, SizeIs(1));
  EXPECT_EQ(charts[1].limits[0].y, 5e6);
  EXPECT_THAT(charts[2].limits, SizeIs(1));
}

}  // namespace
}  // namespace sockspec::reports
