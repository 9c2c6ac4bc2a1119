// CheckRun: what is believed of runs that were late, or not all alike.
#include <gtest/gtest.h>

#include "check/check_world.h"
#include "check/lateness.h"

namespace sockspec::check::test {
namespace {

using namespace std::chrono_literals;

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

Check missing(Instant at, const char* observed = "seen.nothing") {
  Check check;
  check.outcome = Outcome::Fail;
  check.timing_only = true;
  check.observed = {observed};
  check.at = at;
  return check;
}

const Transcript kAsked{{.at = 0ms, .kind = Entry::Connect},
                        {.at = 200ms, .kind = Entry::Sent},
                        {.at = 1150ms, .kind = Entry::Tick}};

TEST(NobodyKeptItTest, AServerThatSleptWhileItWasWaitedForMeantToSayNothing) {
  EXPECT_TRUE(nobody_kept_it({Check(), missing(1200ms)}, kAsked, 1200ms, {1000ms, 0ms}));
  EXPECT_TRUE(nobody_kept_it({missing(1200ms, "seen.partial")}, kAsked, 1200ms, {750ms, 0ms}));
  EXPECT_FALSE(nobody_kept_it({missing(1200ms)}, kAsked, 1200ms, {740ms, 0ms}));
  EXPECT_FALSE(nobody_kept_it({missing(1200ms)}, kAsked, 1200ms, {0ms, 0ms}));
}

TEST(NobodyKeptItTest, AllThatIsMissingHasToBeMissingInItsSleep) {
  const Transcript goes_on{{.at = 200ms, .kind = Entry::Sent}, {.at = 1200ms, .kind = Entry::Sent}};
  const std::vector<Check> both{missing(1200ms), missing(2200ms)};
  EXPECT_TRUE(nobody_kept_it(both, goes_on, 2200ms, {1900ms, 0ms}));
  EXPECT_FALSE(nobody_kept_it(both, goes_on, 2200ms, {950ms, 0ms}));
}

TEST(NobodyKeptItTest, AConnectionThatWasNotAcceptedMayHaveFoundAFullQueue) {
  EXPECT_FALSE(
      nobody_kept_it({missing(1200ms, "seen.not-accepted")}, kAsked, 1200ms, {1100ms, 0ms}));
}

TEST(NobodyKeptItTest, WhatASleepingServerHoldsItKeeps) {
  Transcript looked_at = kAsked;
  looked_at.push_back({.at = 1180ms, .kind = Entry::Sampled});
  EXPECT_TRUE(
      nobody_kept_it({missing(1200ms, "seen.descriptors")}, looked_at, 1200ms, {1000ms, 0ms}));
  EXPECT_FALSE(
      nobody_kept_it({missing(1200ms, "seen.descriptors")}, looked_at, 1200ms, {100ms, 0ms}));
}

TEST(NobodyKeptItTest, AServerThatWorksCouldHaveClosedOrComeToRest) {
  EXPECT_TRUE(nobody_kept_it({missing(1200ms, "seen.still-open")}, kAsked, 1200ms, {0ms, 750ms}));
  EXPECT_TRUE(nobody_kept_it({missing(1200ms, "seen.cpu")}, kAsked, 1200ms, {0ms, 750ms}));
  EXPECT_FALSE(nobody_kept_it({missing(1200ms, "seen.cpu")}, kAsked, 1200ms, {0ms, 740ms}));
}

TEST(NobodyKeptItTest, WhatItWorksForMayBeTheReply) {
  EXPECT_FALSE(nobody_kept_it({missing(1200ms)}, kAsked, 1200ms, {0ms, 1000ms}));
  EXPECT_FALSE(nobody_kept_it({missing(1200ms, "seen.partial")}, kAsked, 1200ms, {0ms, 1000ms}));
}

TEST(NobodyKeptItTest, LittleTimeMayHaveBeenTooLittleForOneThatWorks) {
  EXPECT_FALSE(nobody_kept_it({missing(1190ms, "seen.still-open")}, kAsked, 1190ms, {0ms, 1190ms}));
}

TEST(NobodyKeptItTest, ASecondServerSleepsByItself) {
  EXPECT_FALSE(
      nobody_kept_it({missing(1200ms, "seen.second-waits")}, kAsked, 1200ms, {1000ms, 0ms}));
}

TEST(NobodyKeptItTest, AShortWaitProvesNothing) {
  EXPECT_FALSE(nobody_kept_it({missing(450ms)}, kAsked, 450ms, {400ms, 0ms}));
}

TEST(NobodyKeptItTest, WhatIsWrongAndNotLateIsNoneOfIt) {
  Check wrong;
  wrong.outcome = Outcome::Fail;
  EXPECT_FALSE(nobody_kept_it({missing(1200ms), wrong}, kAsked, 1200ms, {1100ms, 0ms}));
  EXPECT_FALSE(nobody_kept_it({Check()}, kAsked, 1200ms, {1100ms, 0ms}));
}

// Echoes, but for "quiet": then it does what is said here.
std::vector<std::string> echo_but(const std::string& when_quiet) {
  return {"python3", "-c",
          "import socket, sys\ns = socket.create_server(('127.0.0.1', int(sys.argv[1])))\n"
          "while True:\n  c, _ = s.accept()\n  data = c.recv(100)\n"
          "  while data == b'quiet': " +
              when_quiet + "\n  c.sendall(data)\n  c.close()\n",
          "{port}"};
}

TEST(LatenessTest, AServerThatSleepsInsteadIsNotAskedTwice) {
  CheckWorld world;
  world.options.command = echo_but("data = c.recv(100)");
  world.add("a/quiet", "quiet", 2s);
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/quiet:fail");
  EXPECT_TRUE(world.result("a/quiet").server_meant_it);
  EXPECT_EQ(world.result("a/quiet").runs, 1);
}

TEST(LatenessTest, AServerThatWorksInsteadMayNeedMoreTime) {
  CheckWorld world;
  world.options.command = echo_but("pass");
  world.add("a/quiet", "quiet", 500ms);
  ASSERT_TRUE(world.runs());
  EXPECT_EQ(world.outcomes(), "basic/sanity:pass a/quiet:fail");
  EXPECT_FALSE(world.result("a/quiet").server_meant_it);
  EXPECT_EQ(world.result("a/quiet").runs, 2);
}

}  // namespace
}  // namespace sockspec::check::test
