#include "reports/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

CheckReport with(std::vector<ScenarioResult> results) {
  CheckReport report = empty_report();
  report.results = std::move(results);
  report.exit_code = exit_code_of(report);
  return report;
}

std::string shown(CheckReport report, bool quiet = false) {
  report.exit_code = exit_code_of(report);
  return console_report(report, {}, quiet);
}

TEST(ConsoleTest, AServerThatHoldsItsContract) {
  const CheckReport report = with({result("a/one", Outcome::Pass), result("a/two", Outcome::Pass)});
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_EQ(shown(report),
            "sockspec 1.2.3: tcp-test against 127.0.0.1:7\nseed 7, time scale 1\n\n"
            "  pass  a/one  A scenario\n  pass  a/two  A scenario\n\n"
            "The server holds its contract: 2 of 2 scenarios passed.\n");
}

TEST(ConsoleTest, AServerThatHoldsItWithWarnings) {
  const CheckReport report = with({result("a/one", Outcome::Pass), result("a/two", Outcome::Warn)});
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_THAT(
      shown(report),
      EndsWith("The server holds its contract, with 1 warning: 2 of 2 scenarios passed.\n"));
}

TEST(ConsoleTest, WhatTheServerHoldsInsteadStandsBeforeTheVerdict) {
  CheckReport report = with({failed_echo()});
  report.holds_instead = HoldsInstead{"{}", {"instead.lines"}};
  const std::string text = shown(report);
  const std::size_t sentence = text.find("it answers by lines");
  ASSERT_NE(sentence, std::string::npos);
  EXPECT_LT(sentence, text.find("The server does not hold its contract"));
}

TEST(ConsoleTest, WarningsThatCountAsFailures) {
  CheckReport report = with({result("a/one", Outcome::Pass), result("a/two", Outcome::Warn)});
  report.strict = true;
  EXPECT_EQ(exit_code_of(report), 1);
  EXPECT_THAT(shown(report),
              EndsWith("Warnings count as failures (--strict).\n"
                       "The server does not hold its contract: 1 of 2 scenarios failed.\n"));
}

TEST(ConsoleTest, AServerThatFails) {
  const CheckReport report = with({failed_echo(), result("a/two", Outcome::Pass)});
  EXPECT_EQ(report.exit_code, 1);
  const std::string text = shown(report);
  EXPECT_THAT(text, HasSubstr("  FAIL  stream/basic  A scenario\n"));
  EXPECT_THAT(text, HasSubstr("first difference, byte 2"));
  EXPECT_THAT(text, EndsWith("The server does not hold its contract: 1 of 2 scenarios failed.\n"));
}

TEST(ConsoleTest, AServerThatEndedByItself) {
  CheckReport report = with({result("a/one", Outcome::Pass)});
  report.unexpected_exits = {{"a/one", {"exit.code", {{"code", "3"}}}, "bye\x1b[0m"}};
  EXPECT_EQ(exit_code_of(report), 1);
  EXPECT_THAT(shown(report),
              EndsWith("The server ended by itself after a/one: the server exited with code 3.\n"
                       "    | bye\\x1b[0m\n"));
  EXPECT_THAT(shown(report), Not(HasSubstr("holds its contract")));
}

TEST(ConsoleTest, ARunThatIsNotValid) {
  CheckReport report = with({result("a/one", Outcome::Pass)});
  report.invalid = Message{"harness.call-failed", {{"error", "Too many open files"}}};
  EXPECT_EQ(exit_code_of(report), 4);
  EXPECT_THAT(
      shown(report),
      EndsWith("This run is not valid: this machine could not go on: Too many open files.\n"));
}

TEST(ConsoleTest, ARunThatIsUnsure) {
  ScenarioResult unsure = result("a/two", Outcome::Inconclusive);
  unsure.reason = {"reason.late-once"};
  const CheckReport report = with({result("a/one", Outcome::Pass), unsure});
  EXPECT_EQ(report.exit_code, 5);
  EXPECT_THAT(shown(report),
              HasSubstr("  inconclusive  a/two  A scenario: missed its time limit once"));
  EXPECT_THAT(shown(report), HasSubstr("Nothing failed for certain, but 1 scenario"));
}

// Known failures.

ScenarioResult known_echo(const std::string& link = "") {
  ScenarioResult made = failed_echo();
  made.known = KnownFailure{"half done", link};
  return made;
}

TEST(ConsoleTest, AKnownFailureIsOneLine) {
  const CheckReport report = with({known_echo("https://bugs/1"), result("a/two", Outcome::Pass)});
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_EQ(
      shown(report),
      "sockspec 1.2.3: tcp-test against 127.0.0.1:7\nseed 7, time scale 1\n\n"
      "  known  stream/basic  half done  https://bugs/1\n  pass  a/two  A scenario\n\n"
      "The server holds its contract but for what is known: 1 of 2 scenarios passed, 1 failed "
      "as known.\n");
}

TEST(ConsoleTest, WhatFailsBesidesIsTold) {
  ScenarioResult other = failed_echo();
  other.scenario = "a/other";
  const std::string text = shown(with({known_echo(), other}));
  EXPECT_THAT(text, HasSubstr("FAIL  a/other  A scenario  [must]\n"));
  EXPECT_THAT(text, Not(HasSubstr("FAIL  stream/basic")));
  EXPECT_THAT(text, EndsWith("The server does not hold its contract: 1 of 2 scenarios failed, and "
                             "1 more as known.\n"));
}

TEST(ConsoleTest, StaleEntriesAreToldWithWhatToDo) {
  CheckReport report = with({result("a/one", Outcome::Pass)});
  report.stale_known = {{"a/*", {"known.passes"}},
                        {"b/c", {"known.expired", {{"date", "2026-01-31"}}}},
                        {"a/on", {"known.matches-nothing-near", {{"scenario", "a/one"}}}}};
  EXPECT_EQ(exit_code_of(report), 1);
  EXPECT_THAT(
      shown(report),
      EndsWith(
          "\nIn the list of known failures these entries do not hold:\n"
          "  stale  a/*  all that it matches passes now; delete the entry\n"
          "  stale  b/c  it counted until 2026-01-31; fix the server, or give the entry a later "
          "date\n"
          "  stale  a/on  it matches no scenario of this profile; did you mean \"a/one\"?\n\n"
          "This run fails because of its list of known failures: 3 to correct.\n"));
  EXPECT_THAT(shown(report), Not(HasSubstr("holds its contract")));
}

TEST(ConsoleTest, KnownWarningsOfAStrictRunAreNotCounted) {
  CheckReport report = with({known_echo(), result("a/two", Outcome::Pass)});
  report.results[0].outcome = Outcome::Warn;
  report.strict = true;
  EXPECT_THAT(shown(report), Not(HasSubstr("Warnings count as failures")));
  EXPECT_THAT(shown(report), EndsWith("1 of 2 scenarios passed, 1 failed as known.\n"));
}

TEST(ConsoleTest, ADoubtBesideAKnownFailureDoesNotDenyIt) {
  EXPECT_THAT(shown(with({known_echo(), result("a/two", Outcome::Inconclusive)})),
              HasSubstr("Nothing failed for certain but what is known; 1 scenario"));
}

TEST(ConsoleTest, WhatAListSaysIsMadeSafeForATerminal) {
  CheckReport report = with({known_echo()});
  report.results[0].known->reason = "red \x1b[31m";
  EXPECT_THAT(shown(report), HasSubstr("  known  stream/basic  red \\x1b[31m\n"));
}

TEST(ConsoleTest, KnownFailuresAreToldInKorean) {
  CheckReport report = with({known_echo(), result("a/two", Outcome::Pass)});
  report.lang = "ko";
  EXPECT_THAT(shown(report), HasSubstr("  알려짐  stream/basic  half done\n"));
  EXPECT_THAT(shown(report), EndsWith("시나리오 2개 중 1개 통과, 1개는 알려진 대로 실패.\n"));
}

TEST(ConsoleTest, ARunThatWasInterrupted) {
  CheckReport report = with({result("a/one", Outcome::Pass)});
  report.interrupted_by = 2;
  EXPECT_EQ(exit_code_of(report), 130);
  EXPECT_THAT(shown(report), EndsWith("Interrupted by signal 2; the results so far follow.\n"));
}

TEST(ConsoleTest, WhereNothingRanNothingIsHeldToHold) {
  ScenarioResult skipped = result("a/one", Outcome::Skipped);
  skipped.reason = {"reason.skipped"};
  const CheckReport report = with({skipped});
  EXPECT_EQ(report.exit_code, 2);
  EXPECT_THAT(shown(report), HasSubstr("  skipped  a/one  A scenario: left out by --skip\n"));
  EXPECT_THAT(shown(report), Not(HasSubstr("holds its contract")));
}

TEST(ConsoleTest, WhatWasNotRunIsCountedByItsReason) {
  ScenarioResult hidden = result("a/two", Outcome::NotRun);
  hidden.reason = {"reason.sanity"};
  EXPECT_THAT(shown(with({failed_echo(), hidden, hidden, hidden})),
              HasSubstr("  3 scenarios not run: the first, simplest scenario failed\n"));
}

TEST(ConsoleTest, QuietLeavesOutWhatPassed) {
  const std::string text = shown(with({result("a/one", Outcome::Pass), failed_echo()}), true);
  EXPECT_THAT(text, Not(HasSubstr("a/one")));
  EXPECT_THAT(text, StartsWith("  FAIL  stream/basic"));
}

TEST(ConsoleTest, TheCommandIsShownAsAShellNeedsIt) {
  CheckReport report = with({result("a/one", Outcome::Pass)});
  report.target.command = {"python3", "my server.py", "{port}"};
  EXPECT_THAT(shown(report),
              StartsWith("sockspec 1.2.3: tcp-test against python3 'my server.py' {port}\n"));
}

TEST(ConsoleTest, ItSpeaksKorean) {
  CheckReport report = with({result("a/one", Outcome::Pass)});
  report.lang = "ko";
  EXPECT_THAT(shown(report), EndsWith("서버가 규약을 지킵니다: 시나리오 1개 중 1개 통과.\n"));
}

TEST(ConsoleTest, ColourIsOnlyUsedWhereItIsWanted) {
  const CheckReport report = with({result("a/one", Outcome::Pass), failed_echo()});
  EXPECT_THAT(console_report(report, {}, false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(console_report(report, Style{true}, false), HasSubstr("\x1b[32mpass\x1b[0m"));
}

}  // namespace
}  // namespace sockspec::reports::test
