// CheckRun: what is believed of runs that were late, or not all alike.
#include <gtest/gtest.h>

#include "check/check_world.h"

namespace sockspec::check::test {
namespace {

using io::test::Remote;
using io::test::TinyServer;

// One exchange whose failure is a warning.
std::vector<Step> advised(const std::string& message) {
  using namespace sockspec::test;
  return {connect("a"), at_level(Level::Should, within(kShort, exchange("a", message)))};
}

TEST(LatenessTest, WhatWasLateOnceIsInconclusive) {
  CheckWorld world;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes == "slow" && times == 1;
  };
  TinyServer server = recorder.server();
  world.add("a/slow", "slow", kShort);
  world.add("a/other", "other");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity slow other slow sanity");
  EXPECT_EQ(world.outcomes(),
            "basic/sanity:pass a/slow:inconclusive(reason.late-once) a/other:pass");
  EXPECT_EQ(world.result("a/slow").runs, 2);
  EXPECT_EQ(world.result("a/slow").failed_runs, 1);
}

TEST(LatenessTest, WhatIsLateAgainAloneHasFailed) {
  CheckWorld world;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int) { return bytes == "slow"; };
  TinyServer server = recorder.server();
  world.add("a/slow", "slow", kShort);
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/slow:fail");
  EXPECT_EQ(world.result("a/slow").failed_runs, 2);
}

TEST(LatenessTest, AdviceThatWasLateOnceIsInconclusiveAndFailsNothing) {
  CheckWorld world;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes == "slow" && times == 1;
  };
  TinyServer server = recorder.server();
  world.add("a/slow", advised("slow"));
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity slow slow sanity");
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/slow:inconclusive(reason.late-once)");
  EXPECT_EQ(exit_code_of(world.report), 0);
}

TEST(LatenessTest, AdviceThatIsLateAgainAloneIsAWarning) {
  CheckWorld world;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int) { return bytes == "slow"; };
  TinyServer server = recorder.server();
  world.add("a/slow", advised("slow"));
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity slow slow sanity");
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/slow:warn");
  EXPECT_EQ(exit_code_of(world.report), 0);
}

TEST(LatenessTest, AdviceAgainstWhichMoreThanTimeSpeaksIsNotRepeated) {
  CheckWorld world;
  std::string heard;
  TinyServer server([&](Remote& remote, std::string_view bytes) {
    heard += (heard.empty() ? "" : " ") + std::string(bytes);
    remote.send(bytes == "wrong" ? "WRONG" : bytes);
  });
  world.add("a/wrong", advised("wrong"));
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(heard, "sanity wrong sanity");
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/wrong:warn");
}

TEST(LatenessTest, WhereOneOfTheFirstPassesAllThatWereLateAreRepeated) {
  CheckWorld world;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes != "sanity" && (times == 1 || bytes == "d");
  };
  TinyServer server = recorder.server();
  for (const char* const name : {"a", "b", "c", "d", "e"})
    world.add(std::string("slow/") + name, name, kShort);
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity a b c d e a b c d e sanity");
  EXPECT_EQ(world.result("slow/b").reason.id, "reason.late-once");
  EXPECT_EQ(world.result("slow/d").outcome, Outcome::Fail);
  EXPECT_EQ(world.result("slow/e").reason.id, "reason.late-once");
}

TEST(LatenessTest, WhenAllThatWereRepeatedFailTheOthersAreBelieved) {
  CheckWorld world;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int) { return bytes != "sanity"; };
  TinyServer server = recorder.server();
  for (const char* const name : {"a", "b", "c", "d"})
    world.add(std::string("slow/") + name, name, kShort);
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(count_outcomes(world.report)[Outcome::Fail], 4U);
}

TEST(LatenessTest, ALateSanityScenarioIsRepeatedBeforeItIsBelieved) {
  CheckWorld world(kShort);
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes == "sanity" && times == 1;
  };
  TinyServer server = recorder.server();
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:inconclusive(reason.late-once) a/one:pass");
}

TEST(LatenessTest, ASanityScenarioThatIsLateTwiceFails) {
  CheckWorld world(kShort);
  TinyServer server = TinyServer::silent();
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:fail a/one:not-run(reason.sanity)");
}

TEST(LatenessTest, ALateSanityScenarioAtTheEndIsRepeatedToo) {
  CheckWorld world(kShort);
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes == "sanity" && times == 2;
  };
  TinyServer server = recorder.server();
  world.add("a/one", "one");
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity one sanity sanity");
  EXPECT_EQ(world.outcomes(), "basic/sanity:inconclusive(reason.late-once) a/one:pass");
}

TEST(LatenessTest, AServerThatStaysSilentAtTheEndWasDamaged) {
  CheckWorld world(kShort);
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes == "sanity" && times > 1;
  };
  TinyServer server = recorder.server();
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:fail(reason.damaged)");
}

TEST(LatenessTest, OfSeveralRunsTheWorstIsKept) {
  CheckWorld world;
  world.options.repeat = 3;
  std::map<std::string, int, std::less<>> times;
  TinyServer server([&](Remote& remote, std::string_view bytes) {
    const bool wrong = bytes == "flaky" && ++times["flaky"] == 2;
    remote.send(wrong ? "FLAKY" : bytes);
  });
  world.add("a/flaky", "flaky", kShort);
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/flaky:fail");
  EXPECT_EQ(world.result("a/flaky").runs, 3);
  EXPECT_EQ(world.result("a/flaky").failed_runs, 1);
}

TEST(LatenessTest, AFailureIsNotExcusedByAnotherRunThatWasLate) {
  for (const int wrong_run : {1, 2}) {
    CheckWorld world;
    world.options.repeat = 2;
    int times = 0;
    TinyServer server([&](Remote& remote, std::string_view bytes) {
      if (bytes != "flaky" || ++times > 2) return remote.send(bytes);
      if (times == wrong_run) remote.send("FLAKY");
    });
    world.add("a/flaky", "flaky", kShort);
    ASSERT_TRUE(world.runs_against(server));
    EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/flaky:fail") << wrong_run;
    EXPECT_TRUE(world.result("a/flaky").checks.back().difference) << wrong_run;
  }
}

TEST(LatenessTest, WhatIsLateInEveryRunIsRepeatedOnce) {
  CheckWorld world;
  world.options.repeat = 3;
  Recorder recorder;
  recorder.swallow = [](std::string_view bytes, int times) {
    return bytes == "slow" && times <= 3;
  };
  TinyServer server = recorder.server();
  world.add("a/slow", "slow", kShort);
  ASSERT_TRUE(world.runs_against(server));
  EXPECT_EQ(recorder.heard, "sanity slow slow slow slow sanity");
  EXPECT_EQ(world.result("a/slow").outcome, Outcome::Inconclusive);
  EXPECT_EQ(world.result("a/slow").runs, 4);
}

}  // namespace
}  // namespace sockspec::check::test
