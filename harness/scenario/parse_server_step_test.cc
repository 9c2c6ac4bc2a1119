// Steps about the server's processes and about time, in scenario files.
#include <gtest/gtest.h>

#include "scenario/parse_scenario.h"

namespace sockspec::scenario {
namespace {

using namespace std::chrono_literals;

Result<Scenario> parsed(const std::string& step) {
  return parse_scenario(
      R"({"id": "stream/basic", "version": 1, "title": "x", "level": "must", "steps": [)" + step +
          "]}",
      "stream/basic.json");
}

std::string step_error(const std::string& step) {
  const Result<Scenario> result = parsed(step);
  return result ? "no error" : result.error().text;
}

template <class T>
T step(const std::string& text) {
  return std::get<T>(parsed(text).value().steps.at(0).action);
}

TEST(ParseServerStepTest, AnUrgentByteIsOneByte) {
  EXPECT_EQ(step<step::Urgent>(R"({"peer": "a", "urgent": "!"})").byte, '!');
}

TEST(ParseServerStepTest, ASampleIsKeptOrJudged) {
  const auto kept = step<step::Sample>(R"({"sample": "descriptors", "as": "start"})");
  EXPECT_EQ(kept.resource, Resource::Descriptors);
  EXPECT_EQ(kept.as, "start");
  EXPECT_EQ(kept.at_most, std::nullopt);
  const auto judged =
      step<step::Sample>(R"({"sample": "memory", "at_most": "16MiB", "above": "start"})");
  EXPECT_EQ(judged.at_most, 16U << 20U);
  EXPECT_EQ(judged.above, "start");
}

TEST(ParseServerStepTest, ProcessorTimeIsAShareOverATime) {
  const auto sample =
      step<step::Sample>(R"({"sample": "cpu", "over": "500ms", "at_most": "10%", "within": "3s"})");
  EXPECT_EQ(sample.resource, Resource::Cpu);
  EXPECT_EQ(sample.over, 500ms);
  EXPECT_EQ(sample.at_most, 10U);
}

TEST(ParseServerStepTest, TheServerIsActedOn) {
  EXPECT_EQ(step<step::Server>(R"({"server": "start-second", "within": "4s"})").act,
            ServerAct::StartSecond);
  EXPECT_EQ(step<step::Server>(R"({"server": "stop"})").act, ServerAct::Stop);
  step<step::ExpectExit>(R"({"expect_exit": {}, "within": "2s"})");
}

TEST(ParseServerStepTest, AStopwatchHasANameAndSteps) {
  const auto watch =
      step<step::Stopwatch>(R"({"stopwatch": "all of it", "steps": [{"alive": {}}]})");
  EXPECT_EQ(watch.name, "all of it");
  EXPECT_EQ(watch.body.size(), 1U);
}

TEST(ParseServerStepTest, AMedianHasALimitOrIsCompared) {
  const auto limited = step<step::Median>(R"({"median": "w", "at_most": "5ms"})");
  EXPECT_EQ(limited.of, "w");
  EXPECT_EQ(limited.at_most, 5ms);
  const auto compared = step<step::Median>(
      R"({"median": "last", "at_most": {"times": 2, "than": "first", "plus": "2ms"}})");
  EXPECT_EQ(compared.at_most, std::nullopt);
  EXPECT_EQ(compared.times, 2);
  EXPECT_EQ(compared.than, "first");
  EXPECT_EQ(compared.allowance, 2ms);
  EXPECT_EQ(
      step<step::Median>(R"({"median": "w", "at_most": {"times": 3, "than": "v"}})").allowance,
      0ms);
}

TEST(ParseServerStepTest, MoreOrLessThanOneByteIsNotUrgent) {
  const std::string wanted = "stream/basic.json: /steps/0/urgent: write one byte, such as \"!\"";
  EXPECT_EQ(step_error(R"({"peer": "a", "urgent": "!!"})"), wanted);
  EXPECT_EQ(step_error(R"({"peer": "a", "urgent": ""})"), wanted);
  EXPECT_EQ(step_error(R"({"peer": "a", "urgent": "é"})"), wanted);
  EXPECT_EQ(step_error(R"({"peer": "a", "urgent": 33})"),
            "stream/basic.json: /steps/0/urgent: this is a number; write a text in quotes");
}

TEST(ParseServerStepTest, WhatIsMeasuredIsKnown) {
  EXPECT_EQ(step_error(R"({"sample": "descriptor", "as": "start"})"),
            "stream/basic.json: /steps/0/sample: \"descriptor\" is not known here; did you mean "
            "\"descriptors\"? (one of: descriptors, close-wait, cpu, memory, zombies)");
}

TEST(ParseServerStepTest, ASampleIsEitherKeptOrJudged) {
  const std::string wanted =
      "stream/basic.json: /steps/0: needs either \"as\", to keep the sample, or \"at_most\", to "
      "judge it";
  EXPECT_EQ(step_error(R"({"sample": "zombies"})"), wanted);
  EXPECT_EQ(step_error(R"({"sample": "zombies", "as": "x", "at_most": 1})"), wanted);
}

TEST(ParseServerStepTest, OnlyALimitCountsFromAnEarlierSample) {
  EXPECT_EQ(step_error(R"({"sample": "memory", "as": "later", "above": "start"})"),
            "stream/basic.json: /steps/0/above: goes only with \"at_most\"");
}

TEST(ParseServerStepTest, OnlyProcessorTimeIsMeasuredOverATime) {
  EXPECT_EQ(step_error(R"({"sample": "cpu", "at_most": "10%"})"),
            "stream/basic.json: /steps/0/sample: needs \"over\": how long to measure, such as "
            "\"500ms\"");
  EXPECT_EQ(step_error(R"({"sample": "memory", "over": "1s", "at_most": 1})"),
            "stream/basic.json: /steps/0/sample: takes no \"over\": only cpu is measured over a "
            "time");
  EXPECT_EQ(step_error(R"({"sample": "cpu", "over": "1s", "within": "1s", "at_most": "10%"})"),
            "stream/basic.json: /steps/0/within: must be longer than \"over\", the time of one "
            "measurement");
}

TEST(ParseServerStepTest, AShareIsANumberAndASign) {
  for (const std::string share : {"10", "%", "ten%", "10 %", "-1%", "10%%"}) {
    EXPECT_EQ(
        step_error(R"({"sample": "cpu", "over": "1s", "at_most": ")" + share + "\"}"),
        "stream/basic.json: /steps/0/at_most: \"" + share + "\" is no share; write it as \"10%\"");
  }
  EXPECT_EQ(step_error(R"({"sample": "cpu", "over": "1s", "at_most": 10})"),
            "stream/basic.json: /steps/0/at_most: this is a number; write a text in quotes");
}

TEST(ParseServerStepTest, WhatIsDoneToTheServerIsKnown) {
  EXPECT_EQ(step_error(R"({"server": "kill"})"),
            "stream/basic.json: /steps/0/server: \"kill\" is not known here (one of: terminate, "
            "stop, continue, restart, start-second)");
}

TEST(ParseServerStepTest, StepsAboutTheServerTakeNoPeer) {
  EXPECT_EQ(step_error(R"({"peer": "a", "server": "stop"})"),
            "stream/basic.json: /steps/0: \"server\" takes no \"peer\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "sample": "zombies", "at_most": 1})"),
            "stream/basic.json: /steps/0: \"sample\" takes no \"peer\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "expect_exit": {}})"),
            "stream/basic.json: /steps/0: \"expect_exit\" takes no \"peer\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "stopwatch": "w", "steps": [{"alive": {}}]})"),
            "stream/basic.json: /steps/0: \"stopwatch\" takes no \"peer\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "median": "w", "at_most": "5ms"})"),
            "stream/basic.json: /steps/0: \"median\" takes no \"peer\"");
}

TEST(ParseServerStepTest, AnUrgentByteNeedsAPeer) {
  EXPECT_EQ(step_error(R"({"urgent": "!"})"),
            "stream/basic.json: /steps/0: the field \"peer\" is missing; write which peer does it, "
            "such as \"a\"");
}

TEST(ParseServerStepTest, AnExitTakesNothing) {
  EXPECT_EQ(step_error(R"({"expect_exit": {"code": 0}})"),
            "stream/basic.json: /steps/0/expect_exit: the field \"code\" is not known here; write "
            "{}");
}

TEST(ParseServerStepTest, AMedianHasALimit) {
  EXPECT_EQ(step_error(R"({"median": "w"})"),
            "stream/basic.json: /steps/0: the field \"at_most\" is missing");
  EXPECT_EQ(step_error(R"({"median": "w", "at_most": 5})"),
            "stream/basic.json: /steps/0/at_most: 5 has no unit; write \"5ms\" or \"5s\"");
  EXPECT_EQ(step_error(R"({"median": "w", "at_most": {"than": "v"}})"),
            "stream/basic.json: /steps/0/at_most: the field \"times\" is missing");
  EXPECT_EQ(step_error(R"({"median": "w", "at_most": {"times": 0, "than": "v"}})"),
            "stream/basic.json: /steps/0/at_most/times: 0 is out of range; write 1 to 1000");
  EXPECT_EQ(step_error(R"({"median": "w", "at_most": {"times": 2}})"),
            "stream/basic.json: /steps/0/at_most: the field \"than\" is missing");
}

TEST(ParseServerStepTest, AStopwatchTimesSomething) {
  EXPECT_EQ(step_error(R"({"stopwatch": "w", "steps": []})"),
            "stream/basic.json: /steps/0/steps: is empty; write the steps that belong here");
}

}  // namespace
}  // namespace sockspec::scenario
