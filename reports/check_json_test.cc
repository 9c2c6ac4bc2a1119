#include "reports/check_json.h"

#include <gtest/gtest.h>

#include <chrono>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;
using scenario::Json;

// The error of reading the full report after `change`.
template <class Change>
std::string error_after(Change change) {
  Json json = Json::parse(check_report_to_json(full_report()));
  change(json);
  const Result<CheckReport> report = check_report_from_json(json.dump(), "report.json");
  return report ? "no error" : report.error().text;
}

TEST(CheckJsonTest, WhatIsReadIsWrittenAgainTheSame) {
  const std::string first = check_report_to_json(full_report());
  const Result<CheckReport> read = check_report_from_json(first, "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(check_report_to_json(*read), first);
}

TEST(CheckJsonTest, AReportWithoutResultsIsReadToo) {
  const std::string first = check_report_to_json(empty_report());
  const Result<CheckReport> read = check_report_from_json(first, "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(check_report_to_json(*read), first);
}

TEST(CheckJsonTest, EveryOutcomeAndLevelSurvives) {
  CheckReport report = empty_report();
  for (const Named<Outcome>& outcome : names<Outcome>()) {
    report.results.push_back(result("a/" + std::string(outcome.name), outcome.value));
    report.results.back().level = Level::Should;
  }
  const auto read = check_report_from_json(check_report_to_json(report), "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    EXPECT_EQ(read->results[i].outcome, report.results[i].outcome);
    EXPECT_EQ(read->results[i].level, Level::Should);
  }
}

TEST(CheckJsonTest, HostileBytesSurvive) {
  const CheckReport report = full_report();
  const auto read = check_report_from_json(check_report_to_json(report), "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->results[0].server_output, report.results[0].server_output);
  EXPECT_EQ(read->unexpected_exits[0].output, report.unexpected_exits[0].output);
  EXPECT_EQ(read->results[0].checks[0].difference->received, std::string("he\0lo", 5));
}

TEST(CheckJsonTest, TheTranscriptSurvivesExactly) {
  const Transcript before = full_report().results[0].transcript;
  const auto read = check_report_from_json(check_report_to_json(full_report()), "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  const Transcript& after = read->results[0].transcript;
  ASSERT_EQ(after.size(), before.size());
  EXPECT_EQ(after[5].claim.owed, 2U);
  EXPECT_EQ(after[5].claim.candidate, 1U);
  EXPECT_EQ(after[5].from, "127.0.0.2:9");
  EXPECT_EQ(after[6].breakage, Breakage::Reset);
  EXPECT_EQ(after[6].call, Call::Send);
  EXPECT_EQ(after[7].how, before[7].how);
}

TEST(CheckJsonTest, WhoAsksForVerdictsAloneGetsNoConversations) {
  const std::string text = check_report_to_json(full_report());
  const auto read = check_report_from_json(text, "report.json", Transcripts::LeaveOut);
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_TRUE(read->results[0].transcript.empty());
  ASSERT_EQ(read->results.size(), full_report().results.size());
  EXPECT_EQ(read->results[0].checks.size(), full_report().results[0].checks.size());
  EXPECT_EQ(read->results[0].hint.en, full_report().results[0].hint.en);
}

// A transcript with everything that concerns the server's processes.
Transcript of_the_server() {
  TranscriptEntry act = entry(1ms, Entry::ServerAct);
  act.peer = SIZE_MAX;
  act.text = "restart";
  TranscriptEntry listens = entry(2ms, Entry::ServerStarted);
  TranscriptEntry refused = entry(3ms, Entry::ServerStarted);
  refused.known = false;
  refused.how = {"seen.not-restarted", {{"why", "no luck"}}};
  TranscriptEntry nothing = entry(4ms, Entry::Sampled, 0);
  nothing.text = "zombies";
  TranscriptEntry much = entry(5ms, Entry::Sampled, 1ULL << 40U);
  much.text = "memory";
  TranscriptEntry unknown = entry(6ms, Entry::Sampled, 0);
  unknown.text = "close-wait";
  unknown.known = false;
  return {act, listens, refused, nothing, much, unknown, entry(7ms, Entry::Urgent)};
}

TEST(CheckJsonTest, WhatConcernsTheServersProcessesSurvivesExactly) {
  CheckReport report = full_report();
  const Transcript before = of_the_server();
  report.results[0].transcript = before;
  const auto read = check_report_from_json(check_report_to_json(report), "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  const Transcript& after = read->results[0].transcript;
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].at, before[i].at) << i;
    EXPECT_EQ(after[i].peer, before[i].peer) << i;
    EXPECT_EQ(after[i].kind, before[i].kind) << i;
    EXPECT_EQ(after[i].size, before[i].size) << i;
    EXPECT_EQ(after[i].text, before[i].text) << i;
    EXPECT_EQ(after[i].known, before[i].known) << i;
    EXPECT_EQ(after[i].how, before[i].how) << i;
  }
}

TEST(CheckJsonTest, WhatConcernsNoPeerNamesNone) {
  CheckReport report = full_report();
  report.results[0].transcript = of_the_server();
  const Json entries = Json::parse(check_report_to_json(report))["results"][0]["transcript"];
  EXPECT_EQ(entries[0].dump(), R"({"at_ns":1000000,"kind":"server-act","of":"restart"})");
  EXPECT_EQ(entries[1].dump(), R"({"at_ns":2000000,"peer":0,"kind":"server-started"})");
  EXPECT_EQ(entries[5].dump(),
            R"({"at_ns":6000000,"peer":0,"kind":"sampled","of":"close-wait","known":false})");
}

TEST(CheckJsonTest, KnownFailuresAndStaleEntriesSurvive) {
  CheckReport report = full_report();
  ScenarioResult known = result("a/known", Outcome::Fail);
  known.known = KnownFailure{"no link", ""};
  report.results.push_back(known);
  const auto read = check_report_from_json(check_report_to_json(report), "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->results[0].known->link, "https://bugs/1");
  EXPECT_FALSE(read->results[1].known.has_value());
  EXPECT_EQ(read->results.back().known->reason, "no link");
  ASSERT_TRUE(read->holds_instead);
  EXPECT_EQ(read->holds_instead->what, report.holds_instead->what);
  EXPECT_EQ(read->holds_instead->profile, report.holds_instead->profile);
  ASSERT_EQ(read->stale_known.size(), 2U);
  EXPECT_EQ(read->stale_known[1].scenario, "b/c");
  EXPECT_EQ(read->stale_known[1].why, report.stale_known[1].why);
}

TEST(CheckJsonTest, KnownFailuresAreCountedAmongTheFailures) {
  const Json summary = Json::parse(check_report_to_json(full_report())).at("summary");
  EXPECT_EQ(summary.at("counts").at("fail"), 1);
  EXPECT_EQ(summary.at("known"), 1);
}

TEST(CheckJsonTest, TheSnippetSurvives) {
  CheckReport report = full_report();
  report.results[0].reproduce_python = "#!/usr/bin/env python3\nprint(\"한\")\n";
  const auto read = check_report_from_json(check_report_to_json(report), "report.json");
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->results[0].reproduce_python, report.results[0].reproduce_python);
  EXPECT_EQ(read->results[1].reproduce_python, "");
  const Json results = Json::parse(check_report_to_json(report)).at("results");
  EXPECT_FALSE(results.at(1).contains("reproduce_python"));
}

TEST(CheckJsonTest, TheSummaryCounts) {
  const Json json = Json::parse(check_report_to_json(full_report()));
  EXPECT_EQ(json.at("summary").at("counts").at("fail"), 1);
  EXPECT_EQ(json.at("summary").at("levels").at("must").at("pass"), 1);
  EXPECT_EQ(json.at("summary").at("duration_ms"), 1234.567);
  EXPECT_EQ(json.at("interrupted"), true);
}

TEST(CheckJsonTest, TextsAreRenderedInTheRunsLanguage) {
  CheckReport report = full_report();
  const auto text = [&] {
    return Json::parse(check_report_to_json(report)).at("invalid").at("text").get<std::string>();
  };
  EXPECT_EQ(text(), "이 컴퓨터에서 더 진행할 수 없었습니다: Too many open files");
  report.lang = "en";
  EXPECT_EQ(text(), "this machine could not go on: Too many open files");
}

TEST(CheckJsonTest, WordsThatAreNotUtf8MakeNoInvalidJson) {
  CheckReport report = full_report();
  report.command.emplace_back("\xFF\xFE");
  EXPECT_TRUE(Json::accept(check_report_to_json(report)));
}

TEST(CheckJsonTest, AnotherSchemaIsRefusedByName) {
  EXPECT_EQ(error_after([](Json& json) { json["schema"] = "sockspec/load/1"; }),
            "report.json: /schema: this is no report of sockspec check (\"sockspec/check/1\")");
  EXPECT_EQ(check_report_from_json("{}", "report.json").error().text,
            "report.json: /: the field \"schema\" is missing");
}

TEST(CheckJsonTest, WhatIsNoJsonIsSaidWithThePlace) {
  const Result<CheckReport> report = check_report_from_json("{\n  broken", "report.json");
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().kind, ErrorKind::Usage);
  EXPECT_TRUE(report.error().text.starts_with("report.json:2:3: this is not JSON: "))
      << report.error().text;
}

TEST(CheckJsonTest, AMissingFieldIsSaidByItsPlace) {
  EXPECT_EQ(error_after([](Json& json) { json["results"][0].erase("level"); }),
            "report.json: /results/0: the field \"level\" is missing");
  EXPECT_EQ(error_after([](Json& json) { json["machine"].erase("cpus"); }),
            "report.json: /machine: the field \"cpus\" is missing");
}

TEST(CheckJsonTest, AFieldOfAnotherKindIsSaidByItsPlace) {
  EXPECT_EQ(error_after([](Json& json) { json["strict"] = "yes"; }),
            "report.json: /strict: this is a text; write true or false");
  EXPECT_EQ(error_after([](Json& json) { json["results"] = 7; }),
            "report.json: /results: this is a number; write a list, [ … ]");
  EXPECT_EQ(error_after([](Json& json) { json["results"][0]["transcript"][0]["at_ns"] = -1; }),
            "report.json: /results/0/transcript/0/at_ns: -1 is out of range; write 0 to "
            "9223372036854775807");
}

TEST(CheckJsonTest, AnUnknownWordIsSaidWithTheNearest) {
  EXPECT_EQ(error_after([](Json& json) { json["results"][1]["outcome"] = "passed"; }),
            "report.json: /results/1/outcome: \"passed\" is not known here; did you mean \"pass\"? "
            "(one of: pass, "
            "fail, warn, inconclusive, skipped, not-run)");
}

TEST(CheckJsonTest, ABrokenProfileIsSaidAsSuch) {
  const std::string error = error_after([](Json& json) { json["profile"]["transport"] = "sctp"; });
  EXPECT_TRUE(error.starts_with("report.json: /profile: ")) << error;
  EXPECT_EQ(error_after([](Json& json) { json.erase("profile"); }),
            "report.json: /: the field \"profile\" is missing");
}

TEST(CheckJsonTest, NoFieldCanBeBrokenWithoutAnErrorOrAReport) {
  const Json whole = Json::parse(check_report_to_json(full_report()));
  const Json flat = whole.flatten();
  for (const auto& [path, unused] : flat.items()) {
    for (const Json& hostile :
         {Json(nullptr), Json(-1), Json("x"), Json::array(), Json::object(), Json(1e308)}) {
      Json json = whole;
      json[Json::json_pointer(path)] = hostile;
      const auto report = check_report_from_json(json.dump(), "report.json");
      const std::string error = report ? "report.json: /" : report.error().text;
      EXPECT_TRUE(error.starts_with("report.json: /")) << error;
    }
  }
}

}  // namespace
}  // namespace sockspec::reports::test
