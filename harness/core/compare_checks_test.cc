#include "core/compare_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>

namespace sockspec {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

Check check(Outcome outcome, const std::string& observed, Level level = Level::Must) {
  Check made;
  made.id = "reply";
  made.level = level;
  made.outcome = outcome;
  if (outcome == Outcome::Fail) made.observed = {observed};
  return made;
}

ScenarioResult result(const std::string& id, Outcome outcome,
                      const std::string& observed = "seen.nothing") {
  ScenarioResult made;
  made.scenario = id;
  made.outcome = outcome;
  made.runs = 1;
  if (outcome == Outcome::Pass) made.checks = {check(Outcome::Pass, "")};
  if (outcome == Outcome::Fail) made.checks = {check(Outcome::Fail, observed)};
  if (outcome == Outcome::Warn) made.checks = {check(Outcome::Fail, observed, Level::Should)};
  return made;
}

ScenarioResult because(const Message& reason, ScenarioResult result) {
  result.reason = reason;
  return result;
}

// Not run, because the scenario `by` failed.
ScenarioResult hidden(const std::string& id, const std::string& by) {
  return because({"reason.explained", {{"scenario", by}}}, result(id, Outcome::NotRun));
}

ScenarioResult known(ScenarioResult result) {
  result.known = KnownFailure{"half done", ""};
  return result;
}

TranscriptEntry entry(Instant at, Entry kind) {
  TranscriptEntry made;
  made.at = at;
  made.kind = kind;
  return made;
}

// Each of its replies comes after so long.
ScenarioResult replying(Duration after, ScenarioResult result, std::size_t times = kTempoReplies) {
  Instant at{};
  for (std::size_t i = 0; i < times; ++i) {
    result.transcript.push_back(entry(at, Entry::Sent));
    result.transcript.push_back(entry(at + after, Entry::Received));
    at += 1s;
  }
  return result;
}

// One scenario beside, which passes.
CheckReport report(std::vector<ScenarioResult> results) {
  CheckReport made;
  made.profile.id = "tcp-echo";
  made.results = std::move(results);
  made.results.push_back(result("z/passes", Outcome::Pass));
  return made;
}

CheckReport strictly(CheckReport report) {
  report.strict = true;
  return report;
}

// Of the scenario that both results (or one of them, or none) are about.
ScenarioChange change(std::vector<ScenarioResult> old, std::vector<ScenarioResult> now,
                      bool strict = false) {
  CheckReport before = report(std::move(old)), after = report(std::move(now));
  before.strict = after.strict = strict;
  ScenarioChange found;
  const auto compared = compare_checks(before, after);
  for (const ScenarioChange& each : compared->scenarios) {
    if (each.scenario != "z/passes") found = each;
  }
  found.old = found.now = nullptr;  // the reports die here
  return found;
}

Change change_of(Outcome old, Outcome now, bool strict = false) {
  return change({result("a/b", old)}, {result("a/b", now)}, strict).change;
}

int exit_code(const CheckReport& old, const CheckReport& now) {
  return exit_code_of(*compare_checks(old, now));
}

int exit_code(std::vector<ScenarioResult> old, std::vector<ScenarioResult> now) {
  return exit_code(report(std::move(old)), report(std::move(now)));
}

std::vector<std::string> cautions(const CheckReport& old, const CheckReport& now) {
  std::vector<std::string> ids;
  const auto compared = compare_checks(old, now);
  for (const Message& caution : compared->cautions) ids.push_back(caution.id);
  return ids;
}

TEST(CompareChecksTest, WhatPassedAndFailsIsBroken) {
  EXPECT_EQ(change_of(Outcome::Pass, Outcome::Fail), Change::Broken);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Pass)}, {result("a/b", Outcome::Fail)}), 1);
}

TEST(CompareChecksTest, WhatOnlyWarnedAndFailsIsBroken) {
  const ScenarioResult warns = result("a/b", Outcome::Warn, "seen.reset");
  EXPECT_EQ(change({warns}, {result("a/b", Outcome::Fail)}).change, Change::Broken);
}

TEST(CompareChecksTest, WhatFailedAndPassesIsFixed) {
  EXPECT_EQ(change_of(Outcome::Fail, Outcome::Pass), Change::Fixed);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Fail)}, {result("a/b", Outcome::Pass)}), 0);
}

TEST(CompareChecksTest, ANewWarningIsToldAndIsNotRed) {
  EXPECT_EQ(change_of(Outcome::Pass, Outcome::Warn), Change::Warned);
  EXPECT_EQ(change_of(Outcome::Warn, Outcome::Pass), Change::Cleared);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Pass)}, {result("a/b", Outcome::Warn)}), 0);
}

TEST(CompareChecksTest, WhereTheNewRunWasStrictAWarningIsAFailure) {
  EXPECT_EQ(change_of(Outcome::Pass, Outcome::Warn, true), Change::Broken);
  EXPECT_EQ(exit_code(report({result("a/b", Outcome::Pass)}),
                      strictly(report({result("a/b", Outcome::Warn)}))),
            1);
}

TEST(CompareChecksTest, AWarningIsNotBrokenBecauseTheNewRunAloneIsStrict) {
  const CheckReport warns = report({result("a/b", Outcome::Warn)});
  EXPECT_EQ(exit_code(warns, strictly(warns)), 0);
}

TEST(CompareChecksTest, TheSameFailureIsTheSame) {
  EXPECT_EQ(change_of(Outcome::Fail, Outcome::Fail), Change::Same);
}

TEST(CompareChecksTest, AnotherObservationIsAnotherFailure) {
  const ScenarioResult old = result("a/b", Outcome::Fail, "seen.nothing");
  const ScenarioResult now = result("a/b", Outcome::Fail, "seen.different");
  EXPECT_EQ(change({old}, {now}).change, Change::Differs);
  EXPECT_EQ(exit_code({old}, {now}), 0);
}

TEST(CompareChecksTest, AnotherWayToDieIsAnotherFailure) {
  ScenarioResult old = result("a/b", Outcome::Fail, "seen.reset"), now = old;
  old.server_gone = Message{"exit.code", {{"code", "1"}}};
  now.server_gone = Message{"exit.signal", {{"signal", "11"}}};
  EXPECT_EQ(change({old}, {now}).change, Change::Differs);
}

TEST(CompareChecksTest, HowADeathIsSeenIsChance) {
  ScenarioResult old = result("a/b", Outcome::Fail, "seen.ended");
  ScenarioResult now = result("a/b", Outcome::Fail, "seen.reset");
  EXPECT_EQ(change({old}, {now}).change, Change::Differs);
  now.server_gone = Message{"exit.code", {{"code", "1"}}};
  EXPECT_EQ(change({old}, {now}).change, Change::Same);
}

TEST(CompareChecksTest, AMayDoesNotMakeAFailureAnotherOne) {
  ScenarioResult now = result("a/b", Outcome::Fail);
  now.checks.push_back(check(Outcome::Fail, "seen.reset", Level::May));
  EXPECT_EQ(change({result("a/b", Outcome::Fail)}, {now}).change, Change::Same);
}

TEST(CompareChecksTest, AKnownFailureIsToldAndIsNotRed) {
  const ScenarioResult old = result("a/b", Outcome::Pass);
  const ScenarioResult now = known(result("a/b", Outcome::Fail));
  EXPECT_EQ(change({old}, {now}).change, Change::Broken);
  EXPECT_TRUE(change({old}, {now}).known);
  EXPECT_EQ(exit_code({old}, {now}), 0);
}

TEST(CompareChecksTest, WhatIsNoLongerJudgedIsNotGreen) {
  for (const Outcome open : {Outcome::Inconclusive, Outcome::Skipped, Outcome::NotRun}) {
    EXPECT_EQ(change_of(Outcome::Pass, open), Change::Unjudged);
    EXPECT_EQ(exit_code({result("a/b", Outcome::Pass)}, {result("a/b", open)}), 5);
  }
}

TEST(CompareChecksTest, AdviceThatIsNoLongerJudgedIsToldAndIsNoDoubt) {
  ScenarioResult advice = result("a/b", Outcome::Pass), doubtful = advice, open = advice;
  advice.checks.front().level = Level::Should;
  doubtful.outcome = Outcome::Inconclusive;
  doubtful.checks = {check(Outcome::Fail, "seen.nothing", Level::Should)};
  open.outcome = Outcome::NotRun;
  for (const ScenarioResult& now : {doubtful, open}) {
    EXPECT_EQ(change({advice}, {now}).change, Change::Unjudged);
    EXPECT_EQ(exit_code({advice}, {now}), 0);
    EXPECT_EQ(exit_code(report({advice}), strictly(report({now}))), 5);
  }
  EXPECT_EQ(exit_code({advice}, {}), 0);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Pass)}, {doubtful}), 0) << "all else was seen";
}

TEST(CompareChecksTest, WhatFailedAndIsNoLongerJudgedIsNeitherFixedNorBroken) {
  EXPECT_EQ(change_of(Outcome::Fail, Outcome::NotRun), Change::Unjudged);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Fail)}, {result("a/b", Outcome::NotRun)}), 0);
}

TEST(CompareChecksTest, WhatIsHiddenByAKnownFailureIsExcusedWithIt) {
  const ScenarioResult fails = result("a/a", Outcome::Fail), passes = result("a/b", Outcome::Pass);
  EXPECT_EQ(exit_code({fails, passes}, {known(fails), hidden("a/b", "a/a")}), 0);
  EXPECT_EQ(exit_code({fails, passes}, {fails, hidden("a/b", "a/a")}), 5);
}

TEST(CompareChecksTest, AFailureThatNobodyLookedForBeforeIsInDoubt) {
  EXPECT_EQ(change_of(Outcome::Inconclusive, Outcome::Fail), Change::Uncovered);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Inconclusive)}, {result("a/b", Outcome::Fail)}), 5);
}

TEST(CompareChecksTest, AFailureThatAnotherOneHidIsNotNew) {
  const std::vector<ScenarioResult> now = {result("a/a", Outcome::Pass),
                                           result("a/b", Outcome::Fail)};
  const ScenarioResult fails = result("a/a", Outcome::Fail);
  EXPECT_EQ(exit_code({fails, because({"reason.sanity"}, result("a/b", Outcome::NotRun))}, now), 0);
  EXPECT_EQ(exit_code({fails, hidden("a/b", "a/a")}, now), 0);
  EXPECT_EQ(exit_code({fails, hidden("a/b", "a/c"), hidden("a/c", "a/a")}, now), 0)
      << "behind another that was not run";
  EXPECT_EQ(exit_code({hidden("a/b", "a/elsewhere")}, now), 5);
}

TEST(CompareChecksTest, ReasonsThatGoInACircleEnd) {
  EXPECT_EQ(exit_code({hidden("a/a", "a/b"), hidden("a/b", "a/a")},
                      {result("a/a", Outcome::Fail), result("a/b", Outcome::Fail)}),
            5);
}

TEST(CompareChecksTest, WhatIsNoLongerAskedIsNotGreen) {
  EXPECT_EQ(change({result("a/b", Outcome::Pass)}, {}).change, Change::Gone);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Pass)}, {}), 5);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Fail)}, {}), 0);
  EXPECT_EQ(exit_code({result("a/b", Outcome::Skipped)}, {}), 0);
}

TEST(CompareChecksTest, AnAddedScenarioIsInDoubtOnlyWhenItFails) {
  EXPECT_EQ(change({}, {result("a/b", Outcome::Pass)}).change, Change::Added);
  EXPECT_EQ(exit_code({}, {result("a/b", Outcome::Pass)}), 0);
  EXPECT_EQ(exit_code({}, {result("a/b", Outcome::Fail)}), 5);
}

TEST(CompareChecksTest, BrokenOutweighsDoubt) {
  EXPECT_EQ(exit_code({result("a/a", Outcome::Pass), result("a/b", Outcome::Pass)},
                      {result("a/a", Outcome::Fail), result("a/b", Outcome::Inconclusive)}),
            1);
}

TEST(CompareChecksTest, AServerThatNowEndsByItselfIsBroken) {
  CheckReport now = report({});
  now.unexpected_exits = {{"z/passes", {"exit.code", {{"code", "3"}}}, ""}};
  EXPECT_EQ(exit_code(report({}), now), 1);
  EXPECT_EQ(exit_code(now, now), 0);
  const CheckReport failed_first =
      report({because({"reason.sanity"}, result("a/b", Outcome::NotRun))});
  EXPECT_EQ(exit_code(failed_first, now), 0) << "what had not run could not end";
}

TEST(CompareChecksTest, OfAnIncompleteRunOnlyTheBrokenIsSaid) {
  const CheckReport good = report({result("a/b", Outcome::Pass)});
  CheckReport stopped = good;
  stopped.interrupted_by = 2;
  EXPECT_EQ(exit_code(good, stopped), 4);
  EXPECT_EQ(exit_code(stopped, good), 4);
  CheckReport invalid = report({result("a/b", Outcome::Fail)});
  invalid.invalid = Message{"harness.call-failed"};
  EXPECT_EQ(exit_code(good, invalid), 1);
  EXPECT_EQ(exit_code(invalid, good), 4);
}

TEST(CompareChecksTest, AServerThatIsNotThereAnyMoreIsUnreachable) {
  CheckReport away = report({});
  away.results = {because({"reason.no-server"}, result("z/passes", Outcome::NotRun))};
  away.invalid = Message{"error.text"};
  away.exit_code = 3;
  EXPECT_EQ(exit_code(report({}), away), 3);
  EXPECT_EQ(exit_code(away, report({})), 4);
}

TEST(CompareChecksTest, NothingInCommonIsNothingToSay) {
  CheckReport old = report({}), now = report({});
  old.results = {result("a/a", Outcome::Fail)};
  now.results = {result("a/b", Outcome::Pass)};
  EXPECT_EQ(exit_code(old, now), 4);
  EXPECT_EQ(exit_code(CheckReport(), CheckReport()), 4);
}

TEST(CompareChecksTest, AnotherContractIsRefused) {
  CheckReport old = report({}), now = report({});
  now.profile.id = "tcp-echo-line";
  now.profile.framing = Framing::Line;
  now.profile.max_message = 80;
  const auto compared = compare_checks(old, now);
  ASSERT_FALSE(compared.ok());
  EXPECT_EQ(compared.error().kind, ErrorKind::Usage);
  EXPECT_EQ(compared.error().text,
            "the contracts differ in framing, max_message (profiles tcp-echo and tcp-echo-line), "
            "so a failure may be the contract's; compare reports of one contract");
}

TEST(CompareChecksTest, AnotherNameOfTheSameContractIsACaution) {
  CheckReport now = report({});
  now.profile.id = "homework-1";
  EXPECT_THAT(cautions(report({}), now), ElementsAre("compare.caution-profile"));
}

TEST(CompareChecksTest, WhateverElseMayExplainADifferenceIsACaution) {
  CheckReport old = report({result("a/b", Outcome::Pass)}), now = old;
  EXPECT_THAT(cautions(old, now), IsEmpty());
  old.started_at = "2026-11-21T10:00:01Z";
  now.started_at = "2026-11-21T10:00:00Z";
  now.tool_version = "2";
  now.seed = 2;
  now.strict = true;
  now.results.front().version = 2;
  now.results.front().level = Level::Should;
  now.cpus = 64;
  EXPECT_THAT(cautions(old, now),
              ElementsAre("compare.caution-order", "compare.caution-tool", "compare.caution-seed",
                          "compare.caution-strict", "compare.caution-scenarios",
                          "compare.caution-levels", "compare.caution-machine"));
}

TEST(CompareChecksTest, ARaisedLevelBreaksNothing) {
  CheckReport old = report({result("a/b", Outcome::Warn)});
  CheckReport now = report({result("a/b", Outcome::Fail)});
  old.results.front().level = Level::Should;
  EXPECT_EQ(exit_code(old, now), 0);
  EXPECT_THAT(cautions(old, now), ElementsAre("compare.caution-levels"));
}

TEST(CompareChecksTest, AScenarioThatStandsTwiceCountsOnce) {
  const std::vector<ScenarioResult> twice = {result("a/b", Outcome::Pass),
                                             result("a/b", Outcome::Fail)};
  EXPECT_EQ(compare_checks(report(twice), report(twice))->scenarios.size(), 2U);
}

// Properties.

rc::Gen<ScenarioResult> any_result(const std::string& id, bool with_known) {
  return rc::gen::exec([=] {
    const auto outcome =
        *rc::gen::element(Outcome::Pass, Outcome::Fail, Outcome::Warn, Outcome::Inconclusive,
                          Outcome::Skipped, Outcome::NotRun);
    ScenarioResult made =
        result(id, outcome, *rc::gen::element<std::string>("seen.nothing", "seen.ended"));
    made = replying(std::chrono::milliseconds(*rc::gen::inRange(0, 100)), made);
    if (with_known && is_bad(outcome) && *rc::gen::arbitrary<bool>()) made = known(made);
    if (outcome != Outcome::NotRun) return made;
    const auto behind = *rc::gen::element<std::string>("a", "b", "c", "nowhere");
    const bool explained = *rc::gen::arbitrary<bool>();
    return explained ? because({"reason.explained", {{"scenario", behind}}}, made) : made;
  });
}

rc::Gen<CheckReport> any_report(bool strict, bool with_known = true) {
  return rc::gen::exec([=] {
    CheckReport made;
    made.strict = strict;
    for (const char* const id : {"a", "b", "c", "d"}) {
      if (*rc::gen::inRange(0, 5) > 0) made.results.push_back(*any_result(id, with_known));
    }
    return made;
  });
}

std::map<std::string, ScenarioChange> changes(const CheckReport& old, const CheckReport& now) {
  std::map<std::string, ScenarioChange> all;
  const auto compared = compare_checks(old, now);
  for (const ScenarioChange& each : compared->scenarios) {
    RC_ASSERT(all.emplace(each.scenario, each).second);
  }
  return all;
}

Change mirrored(Change change) {
  switch (change) {
    case Change::Broken: return Change::Fixed;
    case Change::Fixed: return Change::Broken;
    case Change::Warned: return Change::Cleared;
    case Change::Cleared: return Change::Warned;
    case Change::Gone: return Change::Added;
    case Change::Added: return Change::Gone;
    case Change::Judged:
    case Change::Uncovered: return Change::Unjudged;
    case Change::Unjudged: return Change::Judged;  // or Uncovered
    case Change::Differs:
    case Change::Same: return change;
  }
  return change;
}

RC_GTEST_PROP(CompareChecksProperty, AReportComparedWithItselfFindsNothing, (bool strict)) {
  const CheckReport report = *any_report(strict);
  const auto compared = compare_checks(report, report);
  RC_ASSERT(count_of(*compared, Change::Same) == report.results.size());
  RC_ASSERT(count_of(*compared, Tempo::Alike) == report.results.size());
  RC_ASSERT(count_in_doubt(*compared) == 0U);
  RC_ASSERT(compared->cautions.empty());
  RC_ASSERT(exit_code_of(*compared) == (compared->judged_in_both > 0 ? 0 : 4));
}

RC_GTEST_PROP(CompareChecksProperty, SwappingTheReportsSwapsBrokenAndFixed, (bool strict)) {
  const CheckReport a = *any_report(strict), b = *any_report(strict);
  const auto there = changes(a, b), back = changes(b, a);
  RC_ASSERT(there.size() == back.size());
  for (const auto& [id, change] : there) {
    Change other = back.at(id).change;
    if (other == Change::Uncovered) other = Change::Judged;
    RC_ASSERT(other == mirrored(change.change));
    const Tempo tempo = back.at(id).tempo;
    RC_ASSERT((change.tempo == Tempo::Slower) == (tempo == Tempo::Faster));
  }
}

RC_GTEST_PROP(CompareChecksProperty, NothingThatHeldIsQuietlyGreen, (bool strict)) {
  const CheckReport old = *any_report(strict, false), now = *any_report(strict, false);
  const auto holds = [&](const CheckReport& report, const std::string& id) {
    const ScenarioResult* const found = find_result(report, id);
    return found &&
           (found->outcome == Outcome::Pass || (found->outcome == Outcome::Warn && !strict));
  };
  if (exit_code_of(*compare_checks(old, now)) != 0) return;
  for (const ScenarioResult& result : old.results) {
    // A warning that fails now with the same signs had its level raised.
    if (result.outcome == Outcome::Warn) continue;
    RC_ASSERT(!holds(old, result.scenario) || holds(now, result.scenario));
  }
}

}  // namespace
}  // namespace sockspec
