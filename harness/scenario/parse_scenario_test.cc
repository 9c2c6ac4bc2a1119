// Scenario files: what they may say, and the one clear line for what they may not.
#include "scenario/parse_scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockspec::scenario {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

std::string with_steps(const std::string& steps) {
  return R"({"id": "stream/basic", "version": 1, "title": "Basic", "level": "must", "steps": [)" +
         steps + "]}";
}

Scenario parsed(const std::string& text) {
  return parse_scenario(text, "stream/basic.json").value();
}

std::string error(const std::string& text) {
  const Result<Scenario> result = parse_scenario(text, "stream/basic.json");
  return result ? "no error" : result.error().text;
}

std::string step_error(const std::string& step) { return error(with_steps(step)); }

template <class T>
T step(const std::string& text) {
  return std::get<T>(parsed(with_steps(text)).steps.at(0).action);
}

TEST(ParseScenarioTest, AWholeScenario) {
  const Scenario scenario = parsed(R"({
    "$schema": "../schema/scenario.schema.json",
    "id": "stream/basic", "version": 2, "sanity": true,
    "title": {"en": "Bytes come back", "ko": "바이트가 돌아온다"},
    "level": "should",
    "requires": {"transport": "tcp", "framing": ["stream", "line"], "max_message": false},
    "cites": [{"document": "RFC 862", "section": "TCP", "quote": "any data"}],
    "catches": ["silent"],
    "explanation": "…", "hint": {"en": "read all"},
    "steps": [{"peer": "a", "connect": {}}]})");
  EXPECT_EQ(scenario.id, "stream/basic");
  EXPECT_EQ(scenario.title.in("ko"), "바이트가 돌아온다");
  EXPECT_EQ(scenario.hint.in("ko"), "read all");
  EXPECT_EQ(scenario.level, Level::Should);
  EXPECT_THAT(scenario.requires_.framing, ElementsAre(Framing::Stream, Framing::Line));
  EXPECT_EQ(scenario.requires_.max_message, false);
  EXPECT_EQ(scenario.cites.at(0).section, "TCP");
  EXPECT_THAT(scenario.catches, ElementsAre("silent"));
  EXPECT_TRUE(scenario.sanity);
}

// Steps.

TEST(ParseScenarioTest, AConnectHasBuffersAndACount) {
  const auto connect = step<step::Connect>(
      R"({"peer": "c", "connect": {"receive_buffer": "16KiB", "paused": true}, "count": 16})");
  EXPECT_EQ(connect.receive_buffer, 16384U);
  EXPECT_TRUE(connect.paused);
  EXPECT_EQ(connect.count, 16U);
}

TEST(ParseScenarioTest, ASendHasAPayloadASplitAndABarrier) {
  const auto send = step<step::Send>(
      R"({"peer": "a", "send": {"text": "hi", "times": 2}, "split": [1, 2], "barrier": "reply"})");
  EXPECT_EQ(send.payload.bytes, "hi");
  EXPECT_EQ(send.payload.times, 2U);
  EXPECT_EQ(send.split.kind, Split::Kind::Sizes);
  EXPECT_EQ(send.barrier, Barrier::Reply);
}

TEST(ParseScenarioTest, AStalledSendMayKeepItsRest) {
  const auto send = step<step::Send>(
      R"({"peer": "a", "send": {"random": "2 x tcp_wmem.max"}, "stalled_after": "0.3s",)"
      R"( "rest": "keep"})");
  EXPECT_EQ(send.stalled_after, 300ms);
  EXPECT_TRUE(send.keep_rest);
  EXPECT_EQ(send.payload.size.figure, "tcp_wmem.max");
}

TEST(ParseScenarioTest, HexIsBytes) {
  EXPECT_EQ(step<step::Send>(R"({"peer": "a", "send": {"hex": "48 65 fF00"}})").payload.bytes,
            std::string("He\xFF\0", 4));
}

TEST(ParseScenarioTest, ARangeMayGoDown) {
  EXPECT_EQ(step<step::Send>(R"({"peer": "a", "send": {"range": [67, 65]}})").payload.bytes, "CBA");
  EXPECT_EQ(step<step::Send>(R"({"peer": "a", "send": {"range": [0, 255]}})").payload.bytes.size(),
            256U);
}

TEST(ParseScenarioTest, ASplitIsANumberAListOrAWord) {
  EXPECT_EQ(step<step::Send>(R"({"peer": "a", "send": {"text": "x"}, "split": 3})").split.kind,
            Split::Kind::Every);
  EXPECT_EQ(step<step::Exchange>(
                R"({"peer": "a", "exchange": {"text": "x"}, "split": "inside-code-points"})")
                .split.kind,
            Split::Kind::InsideCodePoints);
}

TEST(ParseScenarioTest, WhatIsExpectedIsAWordOrAPayload) {
  EXPECT_TRUE(
      step<step::ExpectReply>(R"({"peer": "a", "expect": "reply-from-same-source"})").same_source);
  EXPECT_TRUE(step<step::ExpectEnd>(R"({"peer": "a", "expect": "end-by-fin"})").reset_fails);
  EXPECT_TRUE(step<step::ExpectEnd>(R"({"peer": "a", "expect": "end-or-reset"})").any_close);
  EXPECT_EQ(step<step::ExpectBytes>(R"({"peer": "a", "expect": {"text": "x"}})").payload.bytes,
            "x");
  EXPECT_EQ(step<step::ExpectReply>(R"({"peer": "a", "expect": {"reply_bytes": 7}})").bytes->factor,
            7U);
}

TEST(ParseScenarioTest, RepeatAndForEachAreLoops) {
  EXPECT_THAT(step<step::Loop>(R"({"repeat": 3, "steps": [{"alive": {}}]})").over,
              ElementsAre(1, 2, 3));
  const auto loop =
      step<step::Loop>(R"({"for_each": {"size": [1, 255]}, "steps": [{"alive": {}}]})");
  EXPECT_EQ(loop.variable, "size");
  EXPECT_THAT(loop.over, ElementsAre(1, 255));
}

TEST(ParseScenarioTest, AScenarioMayBeOptional) {
  const std::string head = R"({"id": "stream/basic", "version": 1, "title": "x", "level": "may", )";
  const std::string steps = R"("steps": [{"alive": {}}]})";
  EXPECT_TRUE(parsed(head + R"("optional": true, )" + steps).optional);
  EXPECT_FALSE(parsed(head + steps).optional);
}

TEST(ParseScenarioTest, AConnectionMayBeUnjudgedOrToAnotherAddress) {
  const auto connect =
      step<step::Connect>(R"({"peer": "a", "connect": {"unjudged": true, "to": "127.0.0.2"}})");
  EXPECT_TRUE(connect.unjudged);
  EXPECT_EQ(connect.to, "127.0.0.2");
  EXPECT_EQ(step<step::Connect>(R"({"peer": "a", "connect": {"to": "::1"}})").to, "::1");
}

TEST(ParseScenarioTest, AnyStepHasACheckALevelAndATime) {
  const Step made =
      parsed(
          with_steps(
              R"({"peer": "a", "expect": "end", "check": "fin", "axis": "close", "level": "may",)"
              R"( "within": "3s", "in_turn": true, "order": "reverse", "when": {"ends": "client"}})"))
          .steps.at(0);
  EXPECT_EQ(made.check, "fin");
  EXPECT_EQ(made.level, Level::May);
  EXPECT_EQ(made.within, 3s);
  EXPECT_TRUE(made.in_turn && made.reverse);
  EXPECT_THAT(made.when.ending, ElementsAre(Ending::Client));
  EXPECT_EQ(made.pointer, "/steps/0");
}

// Not JSON.

TEST(ParseScenarioTest, BrokenJsonIsToldWithLineAndColumn) {
  EXPECT_EQ(
      error("{\n  \"id\": \"stream/basic\",\n  \"version\" 1\n}"),
      "stream/basic.json:3:13: this is not JSON: syntax error while parsing object separator - "
      "unexpected number literal; expected ':'");
}

TEST(ParseScenarioTest, AnEmptyFileIsNotJson) {
  EXPECT_EQ(
      error(""),
      "stream/basic.json:1:1: this is not JSON: syntax error while parsing value - unexpected "
      "end of input; expected '[', '{', or a literal");
}

TEST(ParseScenarioTest, BytesThatAreNotUtf8AreNotJson) {
  EXPECT_EQ(error("{\"id\": \"\xFF\"}"),
            "stream/basic.json:1:9: this is not JSON: syntax error while parsing value - invalid "
            "string: ill-formed UTF-8 byte; last read: '\"?'");
}

TEST(ParseScenarioTest, ANumberBeyondAllMeasureIsNotJson) {
  EXPECT_EQ(error(R"({"version": 1e999})"),
            "stream/basic.json:1:17: this is not JSON: number overflow parsing '1e999'");
}

TEST(ParseScenarioTest, AKeyThatStandsTwiceIsAnError) {
  EXPECT_EQ(step_error(R"({"alive": {}}, {"peer": "a", "send": {"text": "x", "text": "y"}})"),
            "stream/basic.json: /steps/1/send/text: stands twice in one object; remove one");
}

TEST(ParseScenarioTest, TheSameKeyInTwoObjectsIsFine) {
  EXPECT_EQ(step_error(R"({"peer": "a", "connect": {}}, {"peer": "a", "connect": {}})"),
            "no error");
}

TEST(ParseScenarioTest, JsonThatIsNestedWithoutEndIsAnError) {
  EXPECT_EQ(error(std::string(100'000, '[') + std::string(100'000, ']')),
            "stream/basic.json: is nested too deeply; at most 64 levels");
}

TEST(ParseScenarioTest, AScenarioIsAnObject) {
  EXPECT_EQ(error("[]"), "stream/basic.json: /: this is a list; write an object, { … }");
}

// Head.

TEST(ParseScenarioTest, AnUnknownFieldNamesTheNearest) {
  EXPECT_EQ(
      error(R"({"id": "stream/basic", "titel": "x"})"),
      "stream/basic.json: /: the field \"titel\" is not known here; did you mean \"title\"? "
      "(known: $schema, id, version, title, level, sanity, optional, budget, requires, needs, "
      "cites, catches, explanation, hint, steps)");
}

TEST(ParseScenarioTest, AMissingFieldIsNamed) {
  EXPECT_EQ(error("{}"), "stream/basic.json: /: the field \"id\" is missing");
}

TEST(ParseScenarioTest, AnIdIsTopicAndWords) {
  EXPECT_EQ(error(R"({"id": "Basic"})"),
            "stream/basic.json: /id: \"Basic\" is not an id; write topic/words-with-hyphens");
}

TEST(ParseScenarioTest, AnIdFitsItsFile) {
  EXPECT_EQ(error(R"({"id": "stream/other"})"),
            "stream/basic.json: /id: \"stream/other\" belongs into a file stream/other.json, not "
            "stream/basic.json");
}

TEST(ParseScenarioTest, AnUnknownLevelNamesTheNearestAndAll) {
  EXPECT_EQ(
      error(R"({"id": "stream/basic", "version": 1, "title": "x", "level": "most"})"),
      "stream/basic.json: /level: \"most\" is not known here; did you mean \"must\"? (one of: "
      "must, should, may)");
}

TEST(ParseScenarioTest, TheWrongTypeIsTold) {
  EXPECT_EQ(error(R"({"id": 7})"),
            "stream/basic.json: /id: this is a number; write a text in quotes");
  EXPECT_EQ(error(R"({"id": "stream/basic", "version": "1"})"),
            "stream/basic.json: /version: this is a text; write a whole number, 1 to 1000000");
  EXPECT_EQ(error(R"({"id": "stream/basic", "version": 1.5})"),
            "stream/basic.json: /version: this is a number; write a whole number, 1 to 1000000");
}

TEST(ParseScenarioTest, HugeNumbersAreOutOfRange) {
  EXPECT_EQ(
      error(R"({"id": "stream/basic", "version": 18446744073709551615})"),
      "stream/basic.json: /version: 18446744073709551615 is out of range; write 1 to 1000000");
  EXPECT_EQ(error(R"({"id": "stream/basic", "version": -1})"),
            "stream/basic.json: /version: -1 is out of range; write 1 to 1000000");
}

TEST(ParseScenarioTest, NoStepsObserveNothing) {
  EXPECT_EQ(step_error(""), "stream/basic.json: /steps: is empty; a scenario observes something");
}

TEST(ParseScenarioTest, AnErrorIsOneLineWhateverTheFileHolds) {
  const std::string text = error("{\"a\\nb\\u001b[31m" + std::string(10'000, 'x') + "\": 1}");
  EXPECT_EQ(text.find_first_of("\n\x1B"), std::string::npos);
  EXPECT_LT(text.size(), 700U);
}

// Steps that are wrong.

TEST(ParseScenarioTest, AnUnknownStepNamesTheNearest) {
  EXPECT_EQ(step_error(R"({"peer": "a", "conect": {}})"),
            "stream/basic.json: /steps/0: \"conect\" is not a step; did you mean \"connect\"? (one "
            "of: connect, send, exchange, expect, quiet, hold, half_close, reset, close, pause, "
            "resume, alive, urgent, sample, server, expect_exit, stopwatch, median, repeat, "
            "for_each)");
}

TEST(ParseScenarioTest, AStepWithoutAVerbIsAnError) {
  EXPECT_EQ(step_error(R"({"peer": "a"})"),
            "stream/basic.json: /steps/0: has no verb (one of: connect, send, exchange, expect, "
            "quiet, hold, half_close, reset, close, pause, resume, alive, urgent, sample, server, "
            "expect_exit, stopwatch, median, repeat, for_each)");
}

TEST(ParseScenarioTest, AStepHasOneVerb) {
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"text": "x"}, "quiet": "80ms"})"),
            "stream/basic.json: /steps/0: has two verbs, \"send\" and \"quiet\"; write two steps");
}

TEST(ParseScenarioTest, AFieldOfAnotherStepIsUnknownHere) {
  EXPECT_EQ(
      step_error(R"({"peer": "a", "quiet": "80ms", "split": 1})"),
      "stream/basic.json: /steps/0: the field \"split\" is not known here (known: peer, check, "
      "axis, level, when, in_turn, order, note, quiet)");
}

TEST(ParseScenarioTest, AStepNeedsAPeer) {
  EXPECT_EQ(step_error(R"({"connect": {}})"),
            "stream/basic.json: /steps/0: the field \"peer\" is missing; write which peer does it, "
            "such as \"a\"");
}

TEST(ParseScenarioTest, AliveTakesNoPeer) {
  EXPECT_EQ(step_error(R"({"peer": "a", "alive": {}})"),
            "stream/basic.json: /steps/0: \"alive\" takes no \"peer\"");
}

TEST(ParseScenarioTest, AliveIsNoNameOfAPeer) {
  EXPECT_EQ(step_error(R"({"peer": "alive", "connect": {}})"),
            "stream/basic.json: /steps/0/peer: \"alive\" is the peer of the step alive; choose "
            "another name");
}

TEST(ParseScenarioTest, APlainStepTakesNothing) {
  EXPECT_EQ(step_error(R"({"peer": "a", "close": {"now": true}})"),
            "stream/basic.json: /steps/0/close: the field \"now\" is not known here; write {}");
}

TEST(ParseScenarioTest, ADurationHasAUnit) {
  EXPECT_EQ(step_error(R"({"peer": "a", "expect": "reply", "within": "500"})"),
            "stream/basic.json: /steps/0/within: \"500\" has no unit; write \"500ms\" or \"500s\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "quiet": 80})"),
            "stream/basic.json: /steps/0/quiet: 80 has no unit; write \"80ms\" or \"80s\"");
}

TEST(ParseScenarioTest, ADurationIsMoreThanNothing) {
  EXPECT_EQ(step_error(R"({"peer": "a", "expect": "reply", "within": "0s"})"),
            "stream/basic.json: /steps/0/within: \"0s\" is no time at all; write more than 0");
}

TEST(ParseScenarioTest, WhatCannotBeExpectedNamesTheNearest) {
  EXPECT_EQ(
      step_error(R"({"peer": "a", "expect": "replay"})"),
      "stream/basic.json: /steps/0/expect: \"replay\" cannot be expected; did you mean "
      "\"reply\"? (one of: reply, reply-from-same-source, end, end-by-fin, end-or-reset, or a "
      "payload)");
}

TEST(ParseScenarioTest, APayloadIsOneThing) {
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {}})"),
      "stream/basic.json: /steps/0/send: a payload is one of text, hex, range, random, request, "
      "lines, end_message");
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"text": "x", "hex": "00"}})"),
      "stream/basic.json: /steps/0/send: a payload is one of text, hex, range, random, request, "
      "lines, end_message");
}

TEST(ParseScenarioTest, HexIsPairsOfDigits) {
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"hex": "4g"}})"),
      "stream/basic.json: /steps/0/send/hex: \"4g\" is not hex; write pairs of 0-9 a-f, such as "
      "\"48 65\"");
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"hex": "486"}})"),
      "stream/basic.json: /steps/0/send/hex: has an odd number of hex digits; write pairs, such "
      "as \"48 65\"");
}

TEST(ParseScenarioTest, ARangeHasTwoEnds) {
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"range": [1]}})"),
            "stream/basic.json: /steps/0/send/range: write two byte values, such as [0, 255]");
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"range": [0, 256]}})"),
            "stream/basic.json: /steps/0/send/range/1: 256 is out of range; write 0 to 255");
}

TEST(ParseScenarioTest, AnAlphabetGoesWithRandom) {
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"random": 5, "alphabet": "greek"}})"),
      "stream/basic.json: /steps/0/send/alphabet: \"greek\" is not known here (one of: bytes, "
      "letters, text)");
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"text": "x", "alphabet": "text"}})"),
            "stream/basic.json: /steps/0/send/alphabet: goes only with \"random\"");
}

TEST(ParseScenarioTest, ABadSplitIsAnError) {
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"text": "x"}, "split": "bytewise"})"),
      "stream/basic.json: /steps/0/split: \"bytewise\" is not a split; write a number of bytes, "
      "a list of them, or \"inside-code-points\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"text": "x"}, "split": 0})"),
            "stream/basic.json: /steps/0/split: 0 is out of range; write 1 to 1073741824");
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"text": "x"}, "split": []})"),
      "stream/basic.json: /steps/0/split: is empty; write the sizes of the pieces, such as [3, "
      "2, 1, 5]");
}

TEST(ParseScenarioTest, AnUnknownBarrierNamesAll) {
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"text": "x"}, "barrier": "recieved"})"),
            "stream/basic.json: /steps/0/barrier: \"recieved\" is not known here; did you mean "
            "\"received\"? (one of: written, reply, received)");
}

TEST(ParseScenarioTest, TheRestIsOfAStalledSend) {
  EXPECT_EQ(step_error(R"({"peer": "a", "send": {"text": "x"}, "rest": "keep"})"),
            "stream/basic.json: /steps/0/rest: goes only with \"stalled_after\"");
  EXPECT_EQ(
      step_error(R"({"peer": "a", "send": {"text": "x"}, "stalled_after": "1s", "rest": "lose"})"),
      "stream/basic.json: /steps/0/rest: \"lose\" is not known here (one of: drop, keep)");
}

TEST(ParseScenarioTest, AnotherAddressIsGivenInNumbers) {
  EXPECT_EQ(step_error(R"({"peer": "a", "connect": {"to": "localhost"}})"),
            "stream/basic.json: /steps/0/connect/to: \"localhost\" is not an address; write its "
            "numbers, such as \"127.0.0.2\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "connect": {"to": "1"}})"),
            "stream/basic.json: /steps/0/connect/to: \"1\" is not an address; write its numbers, "
            "such as \"127.0.0.2\"");
  EXPECT_EQ(step_error(R"({"peer": "a", "connect": {"to": 1}})"),
            "stream/basic.json: /steps/0/connect/to: this is a number; write a text in quotes");
}

TEST(ParseScenarioTest, LoopsAreNestedFourDeepAtMost) {
  std::string loops = R"({"alive": {}})";
  for (int i = 0; i < 5; ++i) loops = R"({"repeat": 1, "steps": [)" + loops + "]}";
  EXPECT_EQ(
      step_error(loops),
      "stream/basic.json: /steps/0/steps/0/steps/0/steps/0/steps/0/steps: loops are nested too "
      "deeply; at most 4");
}

TEST(ParseScenarioTest, ALoopRepeatsSomething) {
  EXPECT_EQ(step_error(R"({"repeat": 3, "steps": []})"),
            "stream/basic.json: /steps/0/steps: is empty; write the steps that belong here");
}

TEST(ParseScenarioTest, ForEachHasOneVariable) {
  EXPECT_EQ(step_error(R"({"for_each": {"a": [1], "b": [2]}, "steps": [{"alive": {}}]})"),
            "stream/basic.json: /steps/0/for_each: write one variable with its values: { \"size\": "
            "[1, 2, 255] }");
}

TEST(ParseScenarioTest, AnOrderIsReverse) {
  EXPECT_EQ(step_error(R"({"peer": "a", "connect": {}, "order": "random"})"),
            "stream/basic.json: /steps/0/order: \"random\" is not known here (only: reverse)");
}

TEST(ParseScenarioTest, AStepIsAnObject) {
  EXPECT_EQ(step_error("7"),
            "stream/basic.json: /steps/0: this is a number; write an object, { … }");
}

}  // namespace
}  // namespace sockspec::scenario
