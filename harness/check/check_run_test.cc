// CheckRun against a server inside the test: what runs when, and what is believed.
#include "check/check_run.h"

#include <gtest/gtest.h>

#include "check/check_world.h"

namespace sockspec::check::test {
namespace {

using io::test::Remote;
using io::test::TinyServer;

TEST(CheckRunTest, TheSanityScenarioRunsFirstAndLast) {
  CheckWorld world;
  Recorder recorder;
  TinyServer server = recorder.server();
  world.add("a/one", "one");
  world.add("a/two", "two");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity one two sanity");
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/one:pass a/two:pass");
  EXPECT_TRUE(world.finished->ok());
}

TEST(CheckRunTest, WhatIsToComeFirstComesInTheOrderThatWasAskedFor) {
  CheckWorld world;
  world.options.first = {"a/three", "a/two"};
  Recorder recorder;
  TinyServer server = recorder.server();
  for (const char* const name : {"one", "two", "three"}) world.add(std::string("a/") + name, name);
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity three two one sanity");
}

TEST(CheckRunTest, AloneTheSanityScenarioRunsTwice) {
  CheckWorld world;
  Recorder recorder;
  TinyServer server = recorder.server();
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity sanity");
}

TEST(CheckRunTest, WithoutASanityScenarioTheOthersRun) {
  CheckWorld world;
  world.with_sanity = false;
  Recorder recorder;
  TinyServer server = recorder.server();
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "one");
}

TEST(CheckRunTest, WhenTheSanityScenarioFailsTheOthersAreNotRun) {
  CheckWorld world;
  TinyServer server([](Remote& remote, std::string_view) { remote.send("wrong"); });
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:fail a/one:not-run(reason.sanity)");
}

TEST(CheckRunTest, AServerThatFailsAtTheEndWasDamaged) {
  CheckWorld world;
  bool poisoned = false;
  TinyServer server([&](Remote& remote, std::string_view bytes) {
    remote.send(poisoned ? "wrong" : bytes);
    poisoned = poisoned || bytes == "poison";
  });
  world.add("a/poison", "poison");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:fail(reason.damaged) a/poison:pass");
  EXPECT_EQ(world.result("basic/sanity").runs, 2);
}

TEST(CheckRunTest, WhatAnotherWaitsForIsPlayedFirst) {
  CheckWorld world;
  Recorder recorder;
  TinyServer server = recorder.server();
  world.add("a/one", "one");
  world.add("a/needed", "needed");
  world.add("a/late", "late").needs = {"a/needed"};
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity needed one late sanity");
}

TEST(CheckRunTest, AScenarioWaitsForThoseItNeeds) {
  CheckWorld world;
  Recorder recorder;
  TinyServer server = recorder.server();
  world.add("a/late", "late").needs = {"a/early"};
  world.add("a/early", "early");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity early late sanity");
}

TEST(CheckRunTest, AFailureExplainsThoseThatNeedIt) {
  CheckWorld world;
  TinyServer server(
      [](Remote& remote, std::string_view bytes) { remote.send(bytes == "bad" ? "?" : bytes); });
  world.add("a/third", "third").needs = {"a/second"};
  world.add("a/second", "second").needs = {"a/bad"};
  world.add("a/bad", "bad");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.result("a/second").outcome, Outcome::NotRun);
  EXPECT_EQ(world.result("a/second").reason,
            (Message{"reason.explained", {{"scenario", "a/bad"}}}));
  EXPECT_EQ(world.result("a/third").outcome, Outcome::NotRun);
}

TEST(CheckRunTest, WhatWasNotChosenIsNotWaitedFor) {
  CheckWorld world;
  Recorder recorder;
  TinyServer server = recorder.server();
  world.add("a/one", "one").needs = {"b/not-chosen"};
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.result("a/one").outcome, Outcome::Pass);
}

// Wrong in one run, late in another: the wrong one is proven, whichever came first.
TEST(CheckRunTest, ThisMachinesFaultMakesTheRunInvalid) {
  CheckWorld world;
  world.options.profile = world.report.profile = sockspec::test::udp_echo();
  io::test::DatagramServer server;
  world.options.target = server.address();
  step::Send too_long;
  too_long.payload = sockspec::test::random(70'000);
  world.add("a/too-long", {sockspec::test::connect("a"), sockspec::test::send_as("a", too_long)});
  world.add("a/other", "other");
  ASSERT_TRUE(world.runs([&] {
    if (server.read()) server.answer(server.received().back());
  }));
  ASSERT_TRUE(world.report.invalid);
  EXPECT_EQ(world.report.invalid->id, "harness.call-failed");
  EXPECT_EQ(world.result("a/too-long").outcome, Outcome::Inconclusive);
}

TEST(CheckRunTest, ATargetAtWhichNobodyListensIsAnErrorWithAHint) {
  CheckWorld world;
  world.options.target = io::test::nobody(Transport::Tcp);
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs());
  ASSERT_FALSE(world.finished->ok());
  EXPECT_EQ(world.finished->error().kind, ErrorKind::Unreachable);
  EXPECT_EQ(world.finished->error().message,
            (Message{"start.nobody-listens", {{"address", world.options.target->text()}}}));
}

TEST(CheckRunTest, AResultCarriesWhatItsScenarioSays) {
  CheckWorld world;
  TinyServer server = TinyServer::echo();
  Scenario& scenario = world.add("a/one", "one");
  scenario.version = 7;
  scenario.hint.en = "look here";
  scenario.cites = {{"RFC 862", "", "echo"}};
  ASSERT_TRUE(world.runs_against(server));
  const ScenarioResult& result = world.result("a/one");
  EXPECT_EQ(result.version, 7);
  EXPECT_EQ(result.hint.en, "look here");
  EXPECT_EQ(result.cites.size(), 1U);
  EXPECT_EQ(result.peers, (std::vector<std::string>{"a"}));
  EXPECT_FALSE(result.transcript.empty());
}

TEST(CheckRunTest, ProgressCountsUpToTheTotal) {
  CheckWorld world;
  TinyServer server = TinyServer::echo();
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs_against(server));
  ASSERT_FALSE(world.progress.empty());
  EXPECT_EQ(world.progress.back().done, 3U);
  EXPECT_EQ(world.progress.back().total, 3U);
  for (const Progress& state : world.progress) EXPECT_LE(state.done, state.total);
}

}  // namespace
}  // namespace sockspec::check::test
