// Class files: fields, units, placeholders, and what is said about wrong ones.
#include "scenario/parse_class.h"

#include <gtest/gtest.h>

#include <chrono>

namespace sockspec::scenario {
namespace {

using namespace grade;
using namespace std::chrono_literals;

// A class file with these fields besides those that it must have.
std::string with(const std::string& fields) {
  return R"({"class": "Lab 2", "profile": "tcp-echo", "submissions": "submissions/*", )" + fields +
         "}";
}

std::string with_run(const std::string& fields) {
  return with(R"("run": ["./server", "{port}"], )" + fields);
}

std::string error(const std::string& text) {
  const auto plan = parse_class(text, "lab.json");
  return plan ? "no error" : plan.error().text;
}

ClassPlan parsed(const std::string& text) {
  auto plan = parse_class(text, "lab.json");
  EXPECT_TRUE(plan.ok()) << (plan ? "" : plan.error().text);
  return plan ? *std::move(plan) : ClassPlan();
}

TEST(ParseClassTest, AWholeFile) {
  const ClassPlan plan = parsed(with(R"(
    "$schema": "class.schema.json",
    "build": [["gcc", "-O2", "-o", "server", "server.c"]],
    "run": ["./server", "{port}"],
    "variants": [{"when": "server.py", "run": ["python3", "server.py", "{port}"]},
                 {"when": "*.java", "build": [["javac", "{file}"]], "run": ["java", "{class}", "{port}"]}],
    "own_commands": true, "port": 12000,
    "limits": {"build": "30s", "total": "2m", "cpu": "5s", "memory": "1GiB", "scratch": "8MiB",
               "processes": 64, "files": 256, "output": "64KiB"},
    "points": {"must": 70, "should": 7.25, "weights": {"stream/byte-split": 3, "close/*": 0.5}},
    "late": {"per_day": 10, "most": 50, "days": {"kim": 2}}, "jobs": 4)"));
  EXPECT_EQ(plan.title, "Lab 2");
  EXPECT_EQ(plan.profile, "tcp-echo");
  EXPECT_EQ(plan.submissions, "submissions/*");
  EXPECT_EQ(*plan.otherwise,
            (Recipe{{{"gcc", "-O2", "-o", "server", "server.c"}}, {"./server", "{port}"}}));
  ASSERT_EQ(plan.variants.size(), 2U);
  EXPECT_EQ(plan.variants[1],
            (Variant{"*.java", {{{"javac", "{file}"}}, {"java", "{class}", "{port}"}}}));
  EXPECT_TRUE(plan.own_commands);
  EXPECT_EQ(plan.port, 12000);
  EXPECT_EQ(plan.limits, (Limits{30s, 2min, 5s, 1ULL << 30U, 8ULL << 20U, 64ULL << 10U, 64, 256}));
  EXPECT_EQ(plan.points,
            (PointsPlan{70'00, 7'25, {{"stream/byte-split", 3000}, {"close/*", 500}}}));
  EXPECT_EQ(*plan.late, (LatePlan{10, 50, {{"kim", 2}}}));
  EXPECT_EQ(plan.jobs, 4U);
}

TEST(ParseClassTest, WhatIsLeftOutHasItsDefault) {
  const ClassPlan plan = parsed(with_run(R"("port": null, "late": null, "jobs": "auto")"));
  EXPECT_EQ(plan.limits, Limits());
  EXPECT_EQ(plan.points, PointsPlan());
  EXPECT_FALSE(plan.port.has_value());
  EXPECT_FALSE(plan.late.has_value());
  EXPECT_FALSE(plan.jobs.has_value());
  EXPECT_FALSE(plan.own_commands);
}

TEST(ParseClassTest, CommentsMayStandInEveryObject) {
  const ClassPlan plan = parsed(with_run(R"("//": "ours", "// port": ["any", "kind"], "port": 7007,
      "limits": {"// memory": "enough for Java", "memory": "512MiB"},
      "points": {"weights": {"//": "twice", "stream/*": 2}},
      "late": {"per_day": 1, "days": {"// kim": "ill", "kim": 1}})"));
  EXPECT_EQ(plan.points.weights.size(), 1U);
  EXPECT_EQ(plan.late->days.size(), 1U);
}

TEST(ParseClassTest, WhatIsNoClassFileIsSaid) {
  EXPECT_EQ(error("[]"), "lab.json: /: this is a list; write an object, { … }");
  EXPECT_TRUE(error("{\n class").starts_with("lab.json:2:2: this is not JSON: "));
  EXPECT_EQ(error("{}"), "lab.json: /: the field \"class\" is missing");
  EXPECT_EQ(
      error(with(R"("rnu": [])")),
      "lab.json: /: the field \"rnu\" is not known here; did you mean \"run\"? (known: $schema, "
      "class, profile, submissions, variants, build, run, own_commands, port, limits, points, "
      "late, jobs)");
  EXPECT_EQ(error(R"({"class": " ", "profile": "x", "submissions": "y", "run": ["z", "{port}"]})"),
            "lab.json: /class: is empty; write the name of the class or of the exercise");
}

TEST(ParseClassTest, AServerNeedsACommand) {
  EXPECT_EQ(error(with(R"("port": 1)")),
            "lab.json: /: the field \"run\" is missing: the command that starts a server; or write "
            "\"variants\"");
  EXPECT_EQ(error(with(R"("build": [["make"]])")),
            "lab.json: /: \"build\" needs \"run\": the command that starts what was built");
  EXPECT_EQ(error(with(R"("run": [])")),
            "lab.json: /run: is empty; write the program and its arguments, such as [\"./server\", "
            "\"{port}\"]");
  EXPECT_EQ(error(with(R"("run": "./server {port}")")),
            "lab.json: /run: this is a text; write a list, [ … ]");
  EXPECT_EQ(error(with_run(R"("build": ["gcc", "server.c"])")),
            "lab.json: /build: write a list of commands, each a list of words: [[\"gcc\", "
            "\"server.c\"]]");
  EXPECT_EQ(error(with(R"("variants": [{"when": "a.py"}])")),
            "lab.json: /variants/0: the field \"run\" is missing");
}

TEST(ParseClassTest, APatternStaysInsideTheSubmission) {
  for (const char* const when : {"/etc/passwd", "../other/server.py"}) {
    EXPECT_EQ(
        error(with(R"("variants": [{"when": ")" + std::string(when) +
                   R"(", "run": ["a", "{port}"]}])")),
        "lab.json: /variants/0/when: write a file inside the submission, such as \"server.py\" "
        "or \"src/*.c\"");
  }
}

TEST(ParseClassTest, APlaceholderStandsWhereItIsKnown) {
  EXPECT_EQ(error(with(R"("run": ["./server", "{prot}"])")),
            "lab.json: /run/1: {prot} is no placeholder; did you mean \"port\"?");
  EXPECT_EQ(error(with(R"("run": ["python3", "{file}", "{port}"])")),
            "lab.json: /run/1: {file} is the file that chose a variant; write the name here");
  EXPECT_EQ(error(with_run(R"("build": [["make", "PORT={port}"]])")),
            "lab.json: /build/0/1: {port} is known only when the server is started; write it in "
            "\"run\"");
  EXPECT_EQ(error(with_run(R"("build": [["awk", "{ print $1 }", "{x,y}"]])")), "no error");
}

TEST(ParseClassTest, AServerIsToldItsPortOrHasItInTheCode) {
  const std::string why =
      "has no {port}: write it where the server expects its port, or write the port that is fixed "
      "in "
      "the code, \"port\": 12000";
  EXPECT_EQ(error(with(R"("run": ["./server"])")), "lab.json: /run: " + why);
  EXPECT_EQ(error(with(R"("variants": [{"when": "*.py", "run": ["python3", "{file}"]}])")),
            "lab.json: /variants/0/run: " + why);
  EXPECT_EQ(error(with(R"("run": ["./server"], "port": 12000)")), "no error");
  EXPECT_EQ(error(with(R"("run": ["./server"], "port": 0)")),
            "lab.json: /port: 0 is out of range; write 1 to 65535");
}

TEST(ParseClassTest, APortThatOnlyRootMayHaveIsRefused) {
  EXPECT_EQ(error(with_run(R"("port": 7)")),
            "lab.json: /port: only root may listen on a port below 1024, and no submission runs "
            "as root; "
            "write one from 1024 on, or null and {port} in \"run\"");
  EXPECT_EQ(parsed(with_run(R"("port": 1024)")).port, 1024);
}

TEST(ParseClassTest, LimitsHaveUnitsAndBounds) {
  const auto limit = [](const char* fields) {
    return error(with_run("\"limits\": {" + std::string(fields) + "}"));
  };
  EXPECT_EQ(limit(R"("build": "60")"),
            "lab.json: /limits/build: \"60\" has no unit; write \"60ms\" or \"60s\"");
  EXPECT_EQ(limit(R"("total": "900ms")"),
            "lab.json: /limits/total: \"900ms\" is too short; at least \"1s\"");
  EXPECT_EQ(limit(R"("memory": 512)"),
            "lab.json: /limits/memory: this is a number; write a text in quotes");
  for (const char* const size : {"512", "512MB", "MiB", "1.5GiB", "-1MiB", "512 MiB"}) {
    EXPECT_EQ(limit(("\"memory\": \"" + std::string(size) + "\"").c_str()),
              "lab.json: /limits/memory: \"" + std::string(size) +
                  "\" is not a size; write a whole number with KiB, MiB or GiB: \"512MiB\"");
  }
  EXPECT_EQ(limit(R"("memory": "1MiB")"),
            "lab.json: /limits/memory: \"1MiB\" is out of range; write 16384KiB to 1024GiB");
  EXPECT_EQ(limit(R"("memory": "99999999999999GiB")"),
            "lab.json: /limits/memory: \"99999999999999GiB\" is out of range; write 16384KiB to "
            "1024GiB");
  EXPECT_EQ(limit(R"("processes": 0)"),
            "lab.json: /limits/processes: 0 is out of range; write 1 to 32768");
  EXPECT_EQ(
      limit(R"("proceses": 4)"),
      "lab.json: /limits: the field \"proceses\" is not known here; did you mean \"processes\"? "
      "(known: build, total, cpu, memory, scratch, output, processes, files)");
}

TEST(ParseClassTest, PointsAndWeightsAreNumbersOfABoundedFineness) {
  const auto points = [](const char* fields) {
    return error(with_run("\"points\": {" + std::string(fields) + "}"));
  };
  EXPECT_EQ(points(R"("must": "80")"), "lab.json: /points/must: write a number, 0 to 10000");
  EXPECT_EQ(points(R"("must": -1)"),
            "lab.json: /points/must: -1 is out of range; write 0 to 10000");
  EXPECT_EQ(points(R"("must": 33.333)"),
            "lab.json: /points/must: 33.333 is too fine; write at most two decimals");
  EXPECT_EQ(points(R"("must": 0, "should": 0)"),
            "lab.json: /points: nothing can be earned; write \"must\": 80");
  EXPECT_EQ(points(R"("weights": {"a/b": 1001})"),
            "lab.json: /points/weights/a~1b: 1001 is out of range; write 0 to 1000");
  EXPECT_EQ(points(R"("weights": {"": 1})"),
            "lab.json: /points/weights: a name is empty; write a scenario or a pattern, such as "
            "\"stream/*\"");
  EXPECT_EQ(points(R"("weights": [])"),
            "lab.json: /points/weights: write an object: { \"stream/byte-split\": 3 }");
}

TEST(ParseClassTest, LatenessIsInPercentAndDays) {
  EXPECT_EQ(error(with_run(R"("late": {"per_day": 101, "days": {}})")),
            "lab.json: /late/per_day: 101 is out of range; write 0 to 100");
  EXPECT_EQ(error(with_run(R"("late": {"per_day": 10})")),
            "lab.json: /late: the field \"days\" is missing");
  EXPECT_EQ(error(with_run(R"("late": {"per_day": 10, "days": ["kim"]})")),
            "lab.json: /late/days: write an object of the late submissions: { \"kim\": 2 }");
}

TEST(ParseClassTest, JobsAreANumberOrAuto) {
  EXPECT_EQ(error(with_run(R"("jobs": "many")")),
            "lab.json: /jobs: write \"auto\" or a whole number, 1 to 256");
  EXPECT_EQ(error(with_run(R"("jobs": 0)")), "lab.json: /jobs: 0 is out of range; write 1 to 256");
}

TEST(ParseClassTest, TheExampleInTheRepositoryIsOne) {
  const auto plan = load_class(std::string(SOCKSPEC_SOURCE_DIR) + "/examples/class/class.json");
  ASSERT_TRUE(plan.ok()) << plan.error().text;
  EXPECT_EQ(plan->variants.size(), 7U);
  EXPECT_EQ(plan->port, 12000);
}

TEST(ParseClassTest, AFileThatIsNotThereIsNamed) {
  const auto plan = load_class("/none/class.json");
  ASSERT_FALSE(plan.ok());
  EXPECT_EQ(plan.error().text, "/none/class.json: cannot be read: No such file or directory");
}

TEST(ParseSubmissionTest, ASubmissionSaysHowItIsBuiltAndStarted) {
  const auto recipe = parse_submission(
      R"({"//": "mine", "build": [["make"]], "run": ["./s", "{port}"]})", "kim/sockspec.json");
  ASSERT_TRUE(recipe.ok());
  EXPECT_EQ(*recipe, (Recipe{{{"make"}}, {"./s", "{port}"}}));
}

TEST(ParseSubmissionTest, ASubmissionMaySetNothingElse) {
  const auto recipe =
      parse_submission(R"({"run": ["./s"], "points": {"must": 1000}})", "kim/sockspec.json");
  ASSERT_FALSE(recipe.ok());
  EXPECT_EQ(recipe.error().text,
            "kim/sockspec.json: /: the field \"points\" is not known here (known: build, run)");
}

TEST(CheckWeightsTest, AWeightThatMatchesNothingNamesTheNearest) {
  const ClassPlan plan = parsed(with_run(R"("points": {"weights": {"stream/byte-splitt": 3}})"));
  const auto checked = check_weights(plan, "lab.json", {"stream/basic", "stream/byte-split"});
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(
      checked.error().text,
      "lab.json: /points/weights: \"stream/byte-splitt\" matches no scenario of profile tcp-echo; "
      "did you mean \"stream/byte-split\"?");
  EXPECT_TRUE(check_weights(plan, "lab.json", {"stream/byte-splitt"}).ok());
}

}  // namespace
}  // namespace sockspec::scenario
