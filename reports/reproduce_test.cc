#include "reports/reproduce.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

std::string again(std::vector<std::string> command) {
  CheckReport report = empty_report();
  report.command = std::move(command);
  return reproduce_command(report, "stream/basic");
}

// What a shell makes of the word.
std::string through_a_shell(const std::string& word) {
  FILE* const shell = popen(("printf %s " + shell_quoted(word)).c_str(), "r");
  std::array<char, 256> buffer{};
  const std::size_t size = fread(buffer.data(), 1, buffer.size(), shell);
  pclose(shell);
  return {buffer.data(), size};
}

TEST(ShellQuotedTest, PlainWordsStayPlain) {
  for (const char* const word : {"./server", "{port}", "--target=localhost:7", "a_b-c.d,e@f%g+h"}) {
    EXPECT_EQ(shell_quoted(word), word);
  }
}

TEST(ShellQuotedTest, OtherWordsAreQuoted) {
  EXPECT_EQ(shell_quoted("two words"), "'two words'");
  EXPECT_EQ(shell_quoted(""), "''");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_quoted("$HOME"), "'$HOME'");
}

TEST(ShellQuotedTest, AShellUnderstandsTheSameWord) {
  for (const char* const word : {"plain", "two words", "it's", "$(id)`id`", "\"", "\\",
                                 "*?[a]~#!&;|<>", "a\nb", "'", "안녕"}) {
    EXPECT_EQ(through_a_shell(word), word);
  }
}

TEST(ReproduceTest, TheScenarioAndTheSeedAreAdded) {
  EXPECT_EQ(again({"sockspec", "check", "tcp-echo", "--target", "localhost:7"}),
            "sockspec check tcp-echo --target localhost:7 --only stream/basic --seed 7");
}

TEST(ReproduceTest, TheyComeBeforeTheServersCommand) {
  EXPECT_EQ(again({"sockspec", "check", "tcp-echo", "--", "./my server", "{port}"}),
            "sockspec check tcp-echo --only stream/basic --seed 7 -- './my server' {port}");
}

TEST(ReproduceTest, WhatExcusesTheFailureIsLeftOut) {
  EXPECT_EQ(again({"sockspec", "check", "tcp-echo", "--known", "known.json", "--write-known=-"}),
            "sockspec check tcp-echo --only stream/basic --seed 7");
}

TEST(ReproduceTest, TheEarlierSelectionAndReportsAreLeftOut) {
  EXPECT_EQ(again({"sockspec", "check", "tcp-echo", "--only", "a/*", "--skip=b", "--seed", "9",
                   "--json", "-", "--repeat=5", "--level", "must", "--strict"}),
            "sockspec check tcp-echo --strict --only stream/basic --seed 7");
}

TEST(ReproduceTest, TheServersOwnOptionsAreNotTouched) {
  EXPECT_EQ(
      again({"sockspec", "check", "tcp-echo", "--", "./server", "--seed", "3", "--json", "x", "--",
             "y"}),
      "sockspec check tcp-echo --only stream/basic --seed 7 -- ./server --seed 3 --json x -- y");
}

}  // namespace
}  // namespace sockspec::reports::test
