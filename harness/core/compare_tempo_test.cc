// compare_checks: when replies are called slower or faster.
#include <gtest/gtest.h>

#include <chrono>

#include "core/compare_checks.h"

namespace sockspec {
namespace {

using namespace std::chrono_literals;

ScenarioResult result(Outcome outcome) {
  ScenarioResult made;
  made.scenario = "a/b";
  made.outcome = outcome;
  return made;
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

CheckReport report(const ScenarioResult& result) {
  CheckReport made;
  made.results = {result};
  return made;
}

Tempo tempo(const ScenarioResult& old, const ScenarioResult& now) {
  const CheckReport before = report(old), after = report(now);
  return compare_checks(before, after)->scenarios.front().tempo;
}

Tempo tempo(Duration old, Duration now) {
  const ScenarioResult passes = result(Outcome::Pass);
  return tempo(replying(old, passes), replying(now, passes));
}

TEST(CompareTempoTest, TwiceAsLongIsSlowerWhereItIsMoreThanABusyMachine) {
  EXPECT_EQ(tempo(30ms, 60ms), Tempo::Slower);
  EXPECT_EQ(tempo(60ms, 30ms), Tempo::Faster);
  EXPECT_EQ(tempo(30ms, 59ms), Tempo::Alike);
  EXPECT_EQ(tempo(1ms, 20ms), Tempo::Alike);
  EXPECT_EQ(tempo(1ms, 21ms), Tempo::Slower);
  EXPECT_EQ(tempo(0ms, 0ms), Tempo::Alike);
}

TEST(CompareTempoTest, SlowerIsNotRed) {
  const CheckReport old = report(replying(1ms, result(Outcome::Pass)));
  const CheckReport now = report(replying(60s, result(Outcome::Pass)));
  EXPECT_EQ(exit_code_of(*compare_checks(old, now)), 0);
}

TEST(CompareTempoTest, FewRepliesHaveNoTempo) {
  const ScenarioResult passes = result(Outcome::Pass);
  EXPECT_EQ(tempo(replying(1ms, passes), replying(1s, passes, kTempoReplies - 1)), Tempo::Alike);
}

TEST(CompareTempoTest, AClientThatPausesHasNoTempo) {
  ScenarioResult waits = replying(1s, result(Outcome::Pass));
  EXPECT_EQ(usual_reply_time(waits), 1s);
  waits.transcript.push_back(entry(1s, Entry::Pause));
  EXPECT_EQ(usual_reply_time(waits), std::nullopt);
}

TEST(CompareTempoTest, OneLateReplyOfManyIsChance) {
  ScenarioResult now = replying(1ms, result(Outcome::Pass));
  now.transcript.back().at += 10s;
  EXPECT_EQ(usual_reply_time(now), 1ms);
}

TEST(CompareTempoTest, OnlyTheSameScenarioOnTheSameMachineHasATempo) {
  const ScenarioResult passes = result(Outcome::Pass);
  ScenarioResult rewritten = replying(1s, passes);
  rewritten.version = 2;
  EXPECT_EQ(tempo(replying(1ms, passes), rewritten), Tempo::Alike);
  const CheckReport old = report(replying(1ms, passes));
  CheckReport now = report(replying(1s, passes));
  EXPECT_EQ(count_of(*compare_checks(old, now), Tempo::Slower), 1U);
  now.kernel = "another";
  EXPECT_EQ(count_of(*compare_checks(old, now), Tempo::Slower), 0U);
}

TEST(CompareTempoTest, AFailureHasNoTempo) {
  const ScenarioResult fails = result(Outcome::Fail);
  EXPECT_EQ(tempo(replying(1ms, fails), replying(1s, fails)), Tempo::Alike);
}

}  // namespace
}  // namespace sockspec
