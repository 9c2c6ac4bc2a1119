// Known failures: what an entry excuses, and when it is stale.
#include "core/known_failures.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr Date kToday(year(2027), month(1), day(31));
constexpr Date kYesterday(year(2027), month(1), day(30));

ScenarioResult result(const std::string& id, Outcome outcome, Message reason = {}) {
  ScenarioResult made;
  made.scenario = id;
  made.outcome = outcome;
  made.reason = std::move(reason);
  return made;
}

ScenarioResult explained(const std::string& id, const std::string& by) {
  return result(id, Outcome::NotRun, {"reason.explained", {{"scenario", by}}});
}

KnownEntry entry(const std::string& pattern, std::optional<Date> expires = std::nullopt) {
  return {pattern, "why " + pattern, "", expires};
}

// A run of these scenarios, which are all that the profile has, with one more that passed.
CheckReport with(std::vector<KnownEntry> entries, std::vector<ScenarioResult> results,
                 bool strict = false) {
  CheckReport report;
  report.strict = strict;
  report.results = std::move(results);
  report.results.push_back(result("x/passes", Outcome::Pass));
  KnownScope scope;
  for (const ScenarioResult& each : report.results) scope.of_profile.push_back(each.scenario);
  apply_known(entries, scope, kToday, report);
  return report;
}

// "pattern: id of the message", one per line.
std::string stale(const CheckReport& report) {
  std::string text;
  for (const StaleEntry& each : report.stale_known)
    text += each.scenario + ": " + each.why.id + "\n";
  return text;
}

std::string excuse(const CheckReport& report, std::size_t index = 0) {
  const auto& known = report.results[index].known;
  return known ? known->reason : "none";
}

TEST(KnownFailuresTest, AFailureThatIsListedFailsNoRun) {
  const CheckReport report = with({entry("a/b")}, {result("a/b", Outcome::Fail)});
  EXPECT_EQ(excuse(report), "why a/b");
  EXPECT_EQ(report.results[0].outcome, Outcome::Fail);
  EXPECT_EQ(stale(report), "");
  EXPECT_EQ(exit_code_of(report), 0);
  EXPECT_EQ(count_failures(report).known, 1U);
}

TEST(KnownFailuresTest, AnotherFailureStillFailsTheRun) {
  const CheckReport report =
      with({entry("a/b")}, {result("a/b", Outcome::Fail), result("a/c", Outcome::Fail)});
  EXPECT_EQ(excuse(report, 1), "none");
  EXPECT_EQ(exit_code_of(report), 1);
  EXPECT_EQ(count_failures(report).unknown, 1U);
}

TEST(KnownFailuresTest, TheLinkTravelsWithTheReason) {
  KnownEntry linked = entry("a/b");
  linked.link = "https://bugs/1";
  EXPECT_EQ(with({linked}, {result("a/b", Outcome::Fail)}).results[0].known->link,
            "https://bugs/1");
}

TEST(KnownFailuresTest, OfTwoEntriesTheFirstThatCountsIsShown) {
  const CheckReport report =
      with({entry("a/*", kYesterday), entry("a/**"), entry("a/b")}, {result("a/b", Outcome::Fail)});
  EXPECT_EQ(excuse(report), "why a/**");
  EXPECT_EQ(stale(report), "a/*: known.expired\n");
}

// Warnings.

TEST(KnownFailuresTest, AStrictRunExcusesWarningsToo) {
  const CheckReport report = with({entry("a/b")}, {result("a/b", Outcome::Warn)}, true);
  EXPECT_EQ(excuse(report), "why a/b");
  EXPECT_EQ(exit_code_of(report), 0);
}

TEST(KnownFailuresTest, WhereWarningsFailNothingThereIsNothingToExcuse) {
  const CheckReport report = with({entry("a/b")}, {result("a/b", Outcome::Warn)});
  EXPECT_EQ(excuse(report), "none");
  EXPECT_EQ(stale(report), "a/b: known.warns\n");
  EXPECT_EQ(exit_code_of(report), 1);
}

// Stale entries.

TEST(KnownFailuresTest, AnEntryThatPassesFailsTheRun) {
  const CheckReport report = with({entry("a/b")}, {result("a/b", Outcome::Pass)});
  EXPECT_EQ(stale(report), "a/b: known.passes\n");
  EXPECT_EQ(exit_code_of(report), 1);
  EXPECT_EQ(overall_outcome(report), Outcome::Fail);
}

TEST(KnownFailuresTest, APatternIsNeededWhileOneOfItsScenariosFails) {
  const std::vector<ScenarioResult> results = {result("a/b", Outcome::Pass),
                                               result("a/c", Outcome::Fail)};
  EXPECT_EQ(stale(with({entry("a/*")}, results)), "");
  EXPECT_EQ(stale(with({entry("a/*"), entry("a/b")}, results)), "a/b: known.passes\n");
}

TEST(KnownFailuresTest, TheDayOfExpiryIsTheLastOnWhichAnEntryCounts) {
  const std::vector<ScenarioResult> fails = {result("a/b", Outcome::Fail)};
  EXPECT_EQ(exit_code_of(with({entry("a/b", kToday)}, fails)), 0);
  const CheckReport late = with({entry("a/b", kYesterday)}, fails);
  EXPECT_EQ(excuse(late), "none");
  EXPECT_EQ(stale(late), "a/b: known.expired\n");
  EXPECT_EQ(late.stale_known[0].why.params[0].second, "2027-01-30");
  EXPECT_EQ(exit_code_of(late), 1);
}

TEST(KnownFailuresTest, AnEntryThatPassesIsToldSoEvenWhenItHasExpired) {
  EXPECT_EQ(stale(with({entry("a/b", kYesterday)}, {result("a/b", Outcome::Pass)})),
            "a/b: known.passes\n");
}

TEST(KnownFailuresTest, AnEntryThatMatchesNothingNamesTheNearest) {
  const CheckReport report = with({entry("a/half-clos")}, {result("a/half-close", Outcome::Pass)});
  EXPECT_EQ(stale(report), "a/half-clos: known.matches-nothing-near\n");
  EXPECT_EQ(report.stale_known[0].why.params[0].second, "a/half-close");
  EXPECT_EQ(stale(with({entry("completely/different")}, {})),
            "completely/different: known.matches-nothing\n");
}

TEST(KnownFailuresTest, AScenarioThatWasNotAskedForIsNotNothing) {
  CheckReport report;
  report.results = {result("x/passes", Outcome::Pass)};
  apply_known({entry("a/b")}, {{"a/b", "x/passes"}, {}}, kToday, report);
  EXPECT_EQ(stale(report), "");
  EXPECT_EQ(exit_code_of(report), 0);
}

TEST(KnownFailuresTest, APatternIsNotJudgedByOneShardAlone) {
  CheckReport report;
  report.results = {result("a/b", Outcome::Pass)};
  apply_known({entry("a/*"), entry("a/b")}, {{"a/b", "a/c"}, {"a/c"}}, kToday, report);
  EXPECT_EQ(stale(report), "a/b: known.passes\n");
}

TEST(KnownFailuresTest, WhatCouldNotBeJudgedMakesAnEntryNeitherGoodNorStale) {
  for (const Outcome outcome : {Outcome::Inconclusive, Outcome::NotRun, Outcome::Skipped}) {
    const CheckReport report = with({entry("a/b")}, {result("a/b", outcome)});
    EXPECT_EQ(stale(report), "");
    EXPECT_EQ(excuse(report), "none");
    CheckReport without = report;
    without.stale_known.clear();
    EXPECT_EQ(exit_code_of(report), exit_code_of(without));
  }
}

// What a known failure never hides.

TEST(KnownFailuresTest, AKnownFailureHidesNoUnexpectedExit) {
  CheckReport report = with({entry("a/b")}, {result("a/b", Outcome::Fail)});
  report.unexpected_exits.push_back({"a/b", {"exit.code", {{"code", "3"}}}, ""});
  EXPECT_EQ(exit_code_of(report), 1);
}

TEST(KnownFailuresTest, AKnownFailureHidesNoInvalidRun) {
  CheckReport report = with({entry("a/b")}, {result("a/b", Outcome::Fail)});
  report.invalid = Message{"harness.call-failed", {{"error", "x"}}};
  EXPECT_EQ(exit_code_of(report), 4);
  report.invalid.reset();
  report.results.push_back(result("a/c", Outcome::NotRun));
  EXPECT_EQ(exit_code_of(report), 4);
}

TEST(KnownFailuresTest, AKnownFailureHidesNoDoubt) {
  EXPECT_EQ(exit_code_of(with({entry("a/*")}, {result("a/b", Outcome::Fail),
                                               result("a/c", Outcome::Inconclusive)})),
            5);
}

TEST(KnownFailuresTest, WhatAKnownFailureExplainsIsExcusedWithIt) {
  const std::vector<ScenarioResult> results = {result("a/b", Outcome::Fail),
                                               explained("a/c", "a/b"), explained("a/d", "a/c")};
  EXPECT_EQ(exit_code_of(with({entry("a/b")}, results)), 0);
  CheckReport circle = with({}, {explained("a/c", "a/d"), explained("a/d", "a/c")});
  EXPECT_EQ(exit_code_of(circle), 4);
}

TEST(KnownFailuresTest, TheFirstScenarioIsNotExcusedWhereNothingElseRan) {
  const CheckReport report =
      with({entry("a/b"), entry("x/passes")},
           {result("a/b", Outcome::Fail), result("a/c", Outcome::NotRun, {"reason.sanity"})});
  EXPECT_EQ(excuse(report), "none");
  EXPECT_EQ(stale(report), "a/b: known.sanity\nx/passes: known.passes\n");
  EXPECT_EQ(exit_code_of(report), 1);
}

// Lists made of a run.

TEST(KnownFailuresTest, ARunThatLeftSomethingOutDoesNotTellAllFailures) {
  const ScenarioResult fails = result("a/b", Outcome::Fail);
  CheckReport report = with({}, {fails, explained("a/c", "a/b")});
  EXPECT_TRUE(tells_all_failures(report));
  report.interrupted_by = 2;
  EXPECT_FALSE(tells_all_failures(report));
  EXPECT_FALSE(
      tells_all_failures(with({}, {fails, result("a/c", Outcome::NotRun, {"reason.sanity"})})));
}

// The scope of a run.

Scenario scenario(const std::string& id, Transport transport = Transport::Tcp) {
  Scenario made;
  made.id = id;
  made.requires_.transport = {transport};
  return made;
}

TEST(KnownScopeTest, ItHoldsWhatFitsTheProfileAndWhatOtherShardsRun) {
  const std::vector<Scenario> suite = {scenario("a/b"), scenario("a/c"),
                                       scenario("u/d", Transport::Udp)};
  SelectionOptions options;
  CheckReport report;
  report.results = {result("a/b", Outcome::Pass)};
  KnownScope scope = known_scope(suite, Profile(), options, report);
  EXPECT_EQ(scope.of_profile, (std::vector<std::string>{"a/b", "a/c"}));
  EXPECT_TRUE(scope.elsewhere.empty());
  options.shards = 2;
  scope = known_scope(suite, Profile(), options, report);
  EXPECT_EQ(scope.elsewhere, std::vector<std::string>{"a/c"});
}

TEST(DateTest, ADateIsWrittenInDigits) {
  EXPECT_EQ(text_of(Date(year(2027), month(1), day(5))), "2027-01-05");
}

}  // namespace
}  // namespace sockspec
