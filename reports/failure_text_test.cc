#include "reports/failure_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string told(const ScenarioResult& result, const std::string& lang = "en") {
  CheckReport report = empty_report();
  report.lang = lang;
  return failure_text(report, result, {});
}

// What stands above the caret in the line before it, `columns` of the terminal from the left.
struct Caret {
  std::string line;
  std::size_t column = 0;
};
Caret caret_in(const std::string& text) {
  std::istringstream lines(text);
  Caret caret;
  for (std::string line; std::getline(lines, line); caret.line = line) {
    if (line.find_first_not_of(' ') != std::string::npos && line.ends_with(" ^"))
      return {caret.line, line.size() - 1};
  }
  return {};
}

ScenarioResult differs(const std::string& expected, const std::string& received, std::uint64_t at) {
  ScenarioResult failed = failed_echo();
  failed.checks.front().difference = Difference{at, 0, expected, received};
  return failed;
}

TEST(FailureTextTest, TheFileOfTheSnippetIsNamed) {
  ScenarioResult failed = failed_echo();
  EXPECT_THAT(told(failed), Not(HasSubstr("python3")));
  failed.snippet_file = "my snippets/stream-basic.py";
  EXPECT_THAT(told(failed), HasSubstr("    or without sockspec, with your server running: python3 "
                                      "'my snippets/stream-basic.py' HOST PORT\n"));
  failed.reproduce_python = "PID = int(sys.argv[3])\n";
  EXPECT_THAT(told(failed), HasSubstr("stream-basic.py' HOST PORT PID\n"));
  EXPECT_THAT(told(failed, "ko"), HasSubstr("sockspec 없이: python3 "));
}

TEST(FailureTextTest, AllPartsAreTold) {
  ScenarioResult failed = failed_echo();
  failed.server_output = "Traceback";
  failed.server_gone = Message{"exit.code", {{"code", "1"}}};
  const std::string text = told(failed);
  for (const char* const part :
       {"FAIL  stream/basic  A scenario  [must]\n", "send 5 bytes: \"hello\"",
        "the same 5 bytes back  (reply)", "byte 2 of the reply differs", "first difference, byte 2",
        "time line", "RFC 862 TCP Based Echo Service: \"any data", "look at the letters",
        "the server exited with code 1", "    | Traceback\n", "--only stream/basic --seed 7"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(FailureTextTest, TheFirstLineIsShort) {
  const std::string text = told(failed_echo());
  EXPECT_LE(text.find('\n'), 100U);
}

TEST(FailureTextTest, WhatIsNotThereIsNotMentioned) {
  ScenarioResult failed = failed_echo();
  failed.hint = {};
  failed.cites.clear();
  failed.checks.front().difference.reset();
  const std::string text = told(failed);
  for (const char* const part :
       {"contract", "why this usually happens", "first difference", "last lines"}) {
    EXPECT_THAT(text, Not(HasSubstr(part)));
  }
}

TEST(FailureTextTest, TheCaretStandsUnderTheByteThatDiffers) {
  const Caret caret = caret_in(told(differs("hello", "heLlo", 2)));
  EXPECT_EQ(caret.line.substr(caret.column), "Llo\"");
}

TEST(FailureTextTest, TheCaretCountsEscapesAsTheyAreShown) {
  const Caret caret = caret_in(told(differs("\r\n\x01x", "\r\n\x01y", 3)));
  EXPECT_EQ(caret.line.substr(caret.column), "y\"");
}

TEST(FailureTextTest, TheCaretCountsKoreanLettersAsTwoColumns) {
  const Caret caret = caret_in(told(differs("안녕x", "안녕y", 6)));
  const std::size_t letters = std::string("안녕").size();  // 6 bytes, 4 columns
  EXPECT_EQ(caret.line.substr(caret.column + letters - 4), "y\"");
}

TEST(FailureTextTest, TheCaretIsRightUnderKoreanLabelsToo) {
  const std::string text = told(differs("hello", "heLlo", 2), "ko");
  const Caret caret = caret_in(text);
  EXPECT_EQ(caret.line.substr(caret.column + 2), "Llo\"") << text;  // "실제": 6 bytes, 4 columns
}

TEST(FailureTextTest, BytesThatNeverCameAreMarkedAtTheEnd) {
  const Caret caret = caret_in(told(differs("hello", "he", 2)));
  EXPECT_EQ(caret.line.substr(caret.column), "\"");
}

TEST(FailureTextTest, TheSameBytesAreShownInHex) {
  EXPECT_THAT(told(differs("hello", "heLlo", 2)), HasSubstr("68 65 4c 6c 6f\n"));
}

TEST(FailureTextTest, OnlyTheContractOfThisProfileIsCited) {
  ScenarioResult failed = failed_echo();
  failed.cites = {{"sockspec profiles", "tcp-other", "not this"},
                  {"sockspec profiles", "tcp-test", "but this"}};
  EXPECT_THAT(told(failed), Not(HasSubstr("not this")));
  EXPECT_THAT(told(failed), HasSubstr("but this"));
}

TEST(FailureTextTest, RepeatedRunsAreCounted) {
  ScenarioResult failed = failed_echo();
  failed.runs = 20;
  failed.failed_runs = 3;
  EXPECT_THAT(told(failed), HasSubstr("3 of 20 runs failed"));
}

TEST(FailureTextTest, ColourIsOnlyUsedWhereItIsWanted) {
  EXPECT_THAT(told(failed_echo()), Not(HasSubstr("\x1b")));
  EXPECT_THAT(failure_text(empty_report(), failed_echo(), Style{true}),
              HasSubstr("\x1b[31mFAIL\x1b[0m"));
}

TEST(SafeForTerminalTest, ControlSequencesAreEscaped) {
  EXPECT_EQ(safe_for_terminal("\x1b[2J\x1b]0;title\x07"), "\\x1b[2J\\x1b]0;title\\x07\n");
  EXPECT_EQ(safe_for_terminal("\xC2\x9B"
                              "31m"),
            "\\xc2\\x9b31m\n");
  EXPECT_EQ(safe_for_terminal("a\rb"), "a\\rb\n");
  EXPECT_EQ(safe_for_terminal("\xE2\x80\xAE"), "\\xe2\\x80\\xae\n");
}

TEST(SafeForTerminalTest, LinesQuotesTabsAndLettersStayReadable) {
  EXPECT_EQ(safe_for_terminal("File \"a.py\"\r\n안녕\n"), "File \"a.py\"\n안녕\n");
  EXPECT_EQ(safe_for_terminal("\tat Main.java"), "    at Main.java\n");
}

}  // namespace
}  // namespace sockspec::reports::test
