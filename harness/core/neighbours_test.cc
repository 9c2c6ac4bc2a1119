#include "core/neighbours.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

Profile profile(Framing framing = Framing::Stream, Ending ending = Ending::Client) {
  Profile made;
  made.id = "own";
  made.framing = framing;
  made.ending = ending;
  return made;
}

CheckReport failed(const Profile& own, const std::string& scenario, const std::string& seen,
                   std::optional<Difference> difference = std::nullopt) {
  CheckReport report;
  report.profile = own;
  ScenarioResult result;
  result.scenario = scenario;
  result.outcome = Outcome::Fail;
  Check check;
  check.outcome = Outcome::Fail;
  check.observed = {seen};
  check.difference = std::move(difference);
  result.checks.push_back(check);
  report.results.push_back(result);
  return report;
}

// "instead.lines instead.closes"
std::string suggested(const CheckReport& report) {
  std::string ids;
  for (const Neighbour& neighbour : neighbours_of(report))
    ids += (ids.empty() ? "" : " ") + neighbour.difference.id;
  return ids;
}

TEST(NeighboursTest, AFailureSuggestsTheContractThatAllowsIt) {
  const Profile once = profile(Framing::FirstRead, Ending::AfterReply);
  const Profile lines = profile(Framing::Line);
  const struct {
    CheckReport report;
    std::string ids;
  } rows[] = {
      {failed(profile(), "stream/no-newline", "seen.nothing"), "instead.lines"},
      {failed(profile(), "concurrency/idle-first-client", "seen.nothing"), "instead.sequential"},
      {failed(profile(), "concurrency/idle-first-client", "seen.unasked"), ""},
      {failed(profile(), "stream/basic", "seen.ended"), "instead.closes"},
      {failed(profile(), "stream/many-exchanges", "seen.reset"), "instead.closes"},
      {failed(lines, "line/no-reply-before-newline", "seen.unasked"), "instead.stream"},
      {failed(once, "session/one-reply-then-close", "seen.still-open"), "instead.stays-open"},
      {failed(profile(Framing::Stream, Ending::Message), "session/end-message-ends",
              "seen.still-open"),
       "instead.no-end-message"},
      {failed(profile(), "stream/all-bytes", "seen.different"), ""},
  };
  for (const auto& row : rows) EXPECT_EQ(suggested(row.report), row.ids);
}

TEST(NeighboursTest, AServerThatPassesHasNone) {
  CheckReport report = failed(profile(), "stream/no-newline", "seen.nothing");
  report.results[0].outcome = Outcome::Pass;
  report.results[0].checks[0].outcome = Outcome::Pass;
  EXPECT_EQ(suggested(report), "");
}

TEST(NeighboursTest, AdviceSuggestsNothing) {
  CheckReport report = failed(profile(), "stream/no-newline", "seen.nothing");
  report.results[0].outcome = Outcome::Warn;
  EXPECT_EQ(suggested(report), "");
}

TEST(NeighboursTest, WhatAContractCannotExplainDoesNotSuggestIt) {
  CheckReport silent = failed(profile(), "stream/no-newline", "seen.nothing");
  silent.results.push_back(failed(profile(), "stream/basic", "seen.nothing").results[0]);
  EXPECT_EQ(suggested(silent), "");  // answers no lines either
  EXPECT_EQ(suggested(failed(profile(), "flow/write-all-then-read", "seen.partial")), "");
  EXPECT_EQ(suggested(failed(profile(), "close/half-close-pending", "seen.ended")), "");
}

TEST(NeighboursTest, WhatDoesNotDependOnOtherClientsIsAskedOfBoth) {
  const Profile own = profile();
  Profile one_at_a_time = own;
  one_at_a_time.concurrency = Concurrency::Sequential;
  Scenario scenario;
  scenario.steps.resize(1);
  EXPECT_TRUE(asks_the_same(scenario, own, one_at_a_time));
  EXPECT_FALSE(asks_the_same(scenario, own, profile(Framing::Line)));
  Scenario loop = scenario;
  loop.steps[0].action = step::Loop{};
  std::get<step::Loop>(loop.steps[0].action).body = scenario.steps;
  EXPECT_TRUE(asks_the_same(loop, own, one_at_a_time));
  std::get<step::Loop>(loop.steps[0].action).body[0].when.concurrency = {Concurrency::Concurrent};
  EXPECT_FALSE(asks_the_same(loop, own, one_at_a_time));
  scenario.requires_.concurrency = {Concurrency::Concurrent};
  EXPECT_FALSE(asks_the_same(scenario, own, one_at_a_time));
}

TEST(NeighboursTest, OnlyTheOneThingDiffers) {
  Profile own = profile(Framing::Stream, Ending::Message);
  own.end_message = "/end";
  const auto found = neighbours_of(failed(own, "stream/no-newline", "seen.nothing"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].profile.framing, Framing::Line);
  EXPECT_EQ(found[0].profile.end_message, "/end\n");  // as everything that is read by lines
  EXPECT_EQ(found[0].profile.id, "own");
}

TEST(NeighboursTest, WordsAtTheEndsOfAReplyAreSuspected) {
  const auto with = [](const Difference& difference) {
    return suggests_extra_words(failed(profile(), "stream/basic", "seen.different", difference));
  };
  EXPECT_TRUE(with({0, 0, "hello\n", "Echo: hello\n"}));
  EXPECT_TRUE(with({6, 0, "hello\n", "hello\n!"}));
  EXPECT_TRUE(with({6, 0, "", "hello\n!"}));
  EXPECT_FALSE(with({1, 0, "hello\n", "hallo\n"}));
  EXPECT_FALSE(with({0, 0, "hello\n", "HELLO\n"}));
}

}  // namespace
}  // namespace sockspec
