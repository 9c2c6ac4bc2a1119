#include "core/fault_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockspec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FaultRow row(std::string fault, std::map<std::string, std::set<std::string>> wrong,
             std::set<std::string> ran = {}) {
  return {std::move(fault), "tcp-echo", {std::move(wrong), std::move(ran), {}}, {}};
}

Fault fault(std::string name) {
  Fault made;
  made.name = std::move(name);
  made.profiles = {"tcp-echo"};
  return made;
}

Scenario scenario(std::string id) {
  Scenario made;
  made.id = std::move(id);
  return made;
}

std::vector<std::string> ids(const std::vector<Message>& messages) {
  std::vector<std::string> found;
  for (const Message& message : messages) found.push_back(message.id);
  return found;
}

TEST(FaultTableTest, ASuiteThatCatchesEverythingHasNoWeakness) {
  const FaultTable table = {row("", {}, {"a/b"}), row("silent", {{"a/b", {"reply=nothing"}}})};
  EXPECT_THAT(weaknesses(table, {fault("silent")}, {scenario("a/b")}), IsEmpty());
}

TEST(FaultTableTest, ACorrectServerThatFailsIsAWeakness) {
  const FaultTable table = {row("", {{"a/b", {"reply=nothing"}}}),
                            row("silent", {{"a/b", {"reply=nothing"}}})};
  EXPECT_THAT(ids(weaknesses(table, {fault("silent")}, {scenario("a/b")})),
              ::testing::Contains("selftest.innocent-convicted"));
}

TEST(FaultTableTest, InformationAboutACorrectServerIsNone) {
  const FaultTable table = {row("", {{"a/b", {"beyond=ended (may)"}}}),
                            row("silent", {{"a/b", {"reply=nothing"}}})};
  EXPECT_THAT(weaknesses(table, {fault("silent")}, {scenario("a/b")}), IsEmpty());
}

TEST(FaultTableTest, AFaultThatNothingSeesSurvives) {
  const FaultTable table = {row("silent", {{"a/b", {"reply=nothing"}}}), row("sly", {}, {"a/b"})};
  EXPECT_THAT(ids(weaknesses(table, {fault("silent"), fault("sly")}, {scenario("a/b")})),
              ElementsAre("selftest.survived"));
}

TEST(FaultTableTest, WhatIsNotTheSameEachTimeCatchesNothing) {
  FaultTable table = {
      join_runs({row("racy", {{"a/b", {"reply=nothing"}}}), row("racy", {}, {"a/b"})})};
  EXPECT_THAT(table[0].unstable, ElementsAre("a/b"));
  EXPECT_THAT(ids(weaknesses(table, {fault("racy")}, {scenario("a/b")})),
              ElementsAre("selftest.survived", "selftest.catches-nothing"));
}

TEST(FaultTableTest, AScenarioThatCatchesNothingIsAWeakness) {
  const FaultTable table = {row("silent", {{"a/b", {"reply=nothing"}}}, {"c/d"})};
  EXPECT_THAT(ids(weaknesses(table, {fault("silent")}, {scenario("a/b"), scenario("c/d")})),
              ElementsAre("selftest.catches-nothing"));
}

TEST(FaultTableTest, EveryChangedCellIsTold) {
  const FaultTable kept = {row("silent", {{"a/b", {"reply=nothing"}}}, {"c/d"})};
  const FaultTable now = {row("silent", {{"c/d", {"reply=nothing"}}}, {"a/b"})};
  EXPECT_THAT(ids(differences(kept, now)), ElementsAre("selftest.changed", "selftest.changed"));
  EXPECT_THAT(differences(kept, kept), IsEmpty());
}

TEST(FaultTableTest, AnUnstableCellIsNotCompared) {
  FaultTable kept = {row("silent", {{"a/b", {"reply=nothing"}}})};
  kept[0].unstable = {"a/b"};
  EXPECT_THAT(differences(kept, {row("silent", {}, {"a/b"})}), IsEmpty());
}

TEST(FaultTableTest, AScenarioKnowsWhatOnlyItCatches) {
  const FaultTable table = {row("both", {{"a/b", {"x"}}, {"c/d", {"x"}}}),
                            row("one", {{"c/d", {"x"}}})};
  EXPECT_THAT(only_caught_by(table, "c/d"), ElementsAre("one"));
  EXPECT_THAT(only_caught_by(table, "a/b"), IsEmpty());
}

}  // namespace
}  // namespace sockspec
