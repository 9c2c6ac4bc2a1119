// Selection: which scenarios run.
#include "core/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/test_language.h"

namespace sockspec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Scenario named(std::string id, Level level = Level::Must) {
  Scenario made;
  made.id = std::move(id);
  made.level = level;
  return made;
}

class SelectionTest : public ::testing::Test {
 protected:
  SelectionTest() {
    suite = {named("stream/basic"), named("stream/byte-split"), named("close/half-close"),
             named("close/no-leak", Level::Should), named("datagram/exact")};
    suite[0].sanity = true;
    suite[4].requires_.transport = {Transport::Udp};
  }

  std::vector<std::string> chosen() {
    std::vector<std::string> ids;
    const Selection selection = select(suite, profile, options).value();
    if (selection.sanity_asked_for) ids.push_back(selection.sanity->id);
    for (const Scenario* scenario : selection.chosen) ids.push_back(scenario->id);
    return ids;
  }
  std::string error() { return select(suite, profile, options).error().text; }

  std::vector<Scenario> suite;
  Profile profile = echo();
  SelectionOptions options;
};

TEST(PatternTest, AStarStaysWithinAPart) {
  EXPECT_TRUE(matches("close/*", "close/half-close"));
  EXPECT_TRUE(matches("*/half-*", "close/half-close"));
  EXPECT_FALSE(matches("*", "close/half-close"));
  EXPECT_FALSE(matches("cl*e", "close/half-close"));
}

TEST(PatternTest, TwoStarsGoAcross) {
  EXPECT_TRUE(matches("**", "close/half-close"));
  EXPECT_TRUE(matches("**half**", "close/half-close"));
  EXPECT_TRUE(matches("cl**e", "close/half-close"));
}

TEST(PatternTest, APatternNamesTheWholeId) {
  EXPECT_TRUE(matches("close/half-close", "close/half-close"));
  EXPECT_FALSE(matches("half-close", "close/half-close"));
  EXPECT_FALSE(matches("close/half", "close/half-close"));
  EXPECT_FALSE(matches("", "close/half-close"));
}

TEST(PatternTest, ManyStarsCostNoTime) {
  EXPECT_FALSE(matches("**a**a**a**a**a**a**a**a**a**a**a**b", std::string(200, 'a')));
}

TEST_F(SelectionTest, AllThatFitTheProfileAreChosen) {
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "stream/byte-split", "close/half-close",
                                    "close/no-leak"));
}

TEST_F(SelectionTest, OnlyNarrows) {
  options.only = {"close/*"};
  EXPECT_THAT(chosen(), ElementsAre("close/half-close", "close/no-leak"));
}

TEST_F(SelectionTest, TheSanityScenarioIsThereWhateverIsSelected) {
  options.only = {"close/*"};
  const Selection selection = select(suite, profile, options).value();
  EXPECT_EQ(selection.sanity->id, "stream/basic");
  EXPECT_FALSE(selection.sanity_asked_for);
}

TEST_F(SelectionTest, SkipLeavesOut) {
  options.skip = {"close/*"};
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "stream/byte-split"));
  const Selection selection = select(suite, profile, options).value();
  EXPECT_EQ(selection.skipped.at(0).scenario->id, "close/half-close");
  EXPECT_EQ(selection.skipped.at(0).reason.id, "reason.skipped");
}

TEST_F(SelectionTest, TheProfileExcludesWithAReason) {
  profile.exclude = {{"close/half-close", "not in this course"}};
  const Selection selection = select(suite, profile, options).value();
  EXPECT_EQ(selection.skipped.at(0).reason,
            (Message{"reason.excluded", {{"why", "not in this course"}}}));
}

// Optional scenarios, and a server that is not ours.

TEST_F(SelectionTest, AnOptionalScenarioIsLeftOutWithoutAWord) {
  suite[2].optional = true;
  options.only = {"close/*"};
  EXPECT_THAT(chosen(), ElementsAre("close/no-leak"));
  EXPECT_THAT(select(suite, profile, options).value().skipped, IsEmpty());
}

TEST_F(SelectionTest, AnOptionalScenarioRunsWhenItsIdIsGiven) {
  suite[2].optional = true;
  options.only = {"stream/*", "close/half-close"};
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "stream/byte-split", "close/half-close"));
}

TEST_F(SelectionTest, AllOptionalScenariosRunWithTheOption) {
  suite[2].optional = true;
  options.optional = true;
  options.only = {"close/*"};
  EXPECT_THAT(chosen(), ElementsAre("close/half-close", "close/no-leak"));
}

TEST_F(SelectionTest, WhatMeasuresOrHandlesTheServerIsSkippedWhereItIsNotOurs) {
  suite.push_back(named("close/plain"));
  suite[0].steps = {exchange("a", "x")};
  suite[1].steps = {repeat(2, {keep_sample(Resource::Memory, "start")})};
  suite[2].steps = {stopwatch("w", {server(ServerAct::Stop)})};
  suite[3].steps = {expect_exit()};
  suite[5].steps = {stopwatch("w", {exchange("a", "x")}), median("w", 5ms)};
  options.supervised = false;
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "close/plain"));
  const Selection selection = select(suite, profile, options).value();
  ASSERT_EQ(selection.skipped.size(), 3U);
  for (const Skipped& skipped : selection.skipped)
    EXPECT_EQ(skipped.reason, Message{"reason.not-ours"});
}

TEST_F(SelectionTest, WhatMeasuresTheServerIsChosenWhereItIsOurs) {
  suite[2].steps = {judge_sample(Resource::Zombies, 1)};
  options.only = {"close/half-close"};
  EXPECT_THAT(chosen(), ElementsAre("close/half-close"));
}

TEST_F(SelectionTest, SkippingByHandIsTheNearerReason) {
  suite[2].steps = {judge_sample(Resource::Zombies, 1)};
  options.supervised = false;
  options.skip = {"close/half-close"};
  EXPECT_EQ(select(suite, profile, options).value().skipped.at(0).reason,
            Message{"reason.skipped"});
}

TEST_F(SelectionTest, WhereOnlyAServerOfOursCouldBeMeasuredTheErrorSaysSo) {
  suite[2].steps = {judge_sample(Resource::Zombies, 1)};
  options.supervised = false;
  options.only = {"close/half-close"};
  EXPECT_EQ(error(),
            "nothing is selected: \"close/half-close\" needs a server that sockspec starts "
            "itself; give its command after -- instead of --target");
}

TEST_F(SelectionTest, TheLevelMustSelectsOnlyMust) {
  options.level = Level::Must;
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "stream/byte-split", "close/half-close"));
}

TEST_F(SelectionTest, TheProfilesLevelCounts) {
  options.level = Level::Must;
  profile.levels = {{"close/no-leak", Level::Must}, {"stream/byte-split", Level::May}};
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "close/half-close", "close/no-leak"));
}

TEST_F(SelectionTest, ShardsShareTheWork) {
  options.shards = 2;
  EXPECT_THAT(chosen(), ElementsAre("stream/basic", "close/half-close"));
  options.shard = 1;
  EXPECT_THAT(chosen(), ElementsAre("stream/byte-split", "close/no-leak"));
}

TEST_F(SelectionTest, APatternThatMatchesNothingNamesTheNearest) {
  options.only = {"close/half-clsoe"};
  EXPECT_EQ(error(),
            "--only \"close/half-clsoe\" matches no scenario of profile tcp-echo; did you mean "
            "\"close/half-close\"? (sockspec list scenarios shows all)");
}

TEST_F(SelectionTest, ASlugAloneIsNearItsId) {
  options.skip = {"half-close"};
  EXPECT_EQ(error(),
            "--skip \"half-close\" matches no scenario of profile tcp-echo; did you mean "
            "\"close/half-close\"? (sockspec list scenarios shows all)");
}

TEST_F(SelectionTest, AScenarioOfAnotherTransportDoesNotMatch) {
  options.only = {"datagram/exact"};
  EXPECT_EQ(error(),
            "--only \"datagram/exact\" matches no scenario of profile tcp-echo (sockspec list "
            "scenarios shows all)");
}

TEST_F(SelectionTest, AnUnknownIdInTheProfilesLevelsIsAnError) {
  profile.levels = {{"close/no-laek#fds", Level::Must}};
  EXPECT_EQ(error(),
            "profile tcp-echo: /levels: there is no scenario \"close/no-laek#fds\"; did you mean "
            "\"close/no-leak\"?");
}

TEST_F(SelectionTest, AnUnknownIdInTheProfilesExcludeIsAnError) {
  profile.exclude = {{"flow/window-reopens", "not covered"}};
  EXPECT_EQ(error(), "profile tcp-echo: /exclude: there is no scenario \"flow/window-reopens\"");
}

TEST_F(SelectionTest, NothingSelectedIsAnError) {
  options.skip = {"**"};
  EXPECT_EQ(error(),
            "nothing is selected: no scenario of profile tcp-echo is left after --only, --skip, "
            "--level and --shard");
}

}  // namespace
}  // namespace sockspec::test
