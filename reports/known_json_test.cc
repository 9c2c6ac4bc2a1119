#include "reports/known_json.h"

#include <gtest/gtest.h>

#include "reports/report_for_test.h"
#include "scenario/parse_known.h"

namespace sockspec::reports::test {
namespace {

CheckReport with(std::vector<ScenarioResult> results) {
  CheckReport report = empty_report();
  report.results = std::move(results);
  return report;
}

// The only entry of the list, after a report reader of --known took it.
KnownEntry listed(const CheckReport& report) {
  const auto entries = scenario::parse_known(known_list_to_json(report), "list.json");
  return entries && entries->size() == 1 ? entries->front()
                                         : KnownEntry{"not one entry", "", "", {}};
}

TEST(KnownJsonTest, OneEntryForEachScenarioThatFails) {
  EXPECT_EQ(known_list_to_json(with(
                {failed_echo(), result("a/pass", Outcome::Pass), result("a/warn", Outcome::Warn)})),
            R"({
  "known": [
    {
      "scenario": "stream/basic",
      "reason": "fails since 2026-11-21: byte 2 of the reply differs: \"heLlo\""
    }
  ]
}
)");
}

TEST(KnownJsonTest, WhereNothingFailsTheListIsEmpty) {
  EXPECT_EQ(known_list_to_json(with({result("a/pass", Outcome::Pass)})), "{\n  \"known\": []\n}\n");
}

TEST(KnownJsonTest, AStrictRunListsItsWarnings) {
  CheckReport report = with({result("a/warn", Outcome::Warn)});
  report.strict = true;
  EXPECT_EQ(listed(report).scenario, "a/warn");
}

TEST(KnownJsonTest, TheReasonIsInTheLanguageOfTheRun) {
  CheckReport report = with({failed_echo()});
  report.lang = "ko";
  EXPECT_TRUE(listed(report).reason.starts_with("2026-11-21부터 실패: ")) << listed(report).reason;
}

TEST(KnownJsonTest, TheCheckThatDecidedIsTold) {
  ScenarioResult failed = failed_echo();
  Check advice = failed.checks.front();
  advice.level = Level::Should;
  advice.observed = {"seen.still-open", {{"within", "2 s"}}};
  failed.checks.insert(failed.checks.begin(), advice);
  EXPECT_EQ(listed(with({failed})).reason,
            "fails since 2026-11-21: byte 2 of the reply differs: \"heLlo\"");
}

TEST(KnownJsonTest, AServerThatEndedIsToldWhereNoCheckTellsMore) {
  ScenarioResult failed = result("a/fail", Outcome::Fail);
  failed.server_gone = Message{"exit.code", {{"code", "3"}}};
  EXPECT_EQ(listed(with({failed})).reason, "fails since 2026-11-21: the server exited with code 3");
  failed.server_gone.reset();
  EXPECT_EQ(listed(with({failed})).reason, "fails since 2026-11-21: A scenario");
}

TEST(KnownJsonTest, AReasonIsOneShortLineThatTheReaderTakes) {
  ScenarioResult failed = result("a/fail", Outcome::Fail);
  failed.reason = {"error.text", {{"text", "two\nlines, \xFF, " + std::string(500, 'x')}}};
  const std::string reason = listed(with({failed})).reason;
  EXPECT_TRUE(reason.starts_with("fails since 2026-11-21: two lines,  , xxx")) << reason;
  EXPECT_TRUE(reason.ends_with("x…")) << reason;
  EXPECT_LT(reason.size(), 160U);
}

}  // namespace
}  // namespace sockspec::reports::test
