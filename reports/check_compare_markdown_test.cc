#include "reports/check_compare_markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/comparison_for_test.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string page(const Pair& pair) { return check_compare_markdown(story(pair), "en"); }

TEST(CheckCompareMarkdownTest, TheVerdictStandsAboveAll) {
  EXPECT_THAT(page(nothing()), StartsWith("### ✅ sockspec compare: tcp-test\n\n**Nothing is newly "
                                          "broken: 2 scenarios were judged in both reports.**\n"));
  EXPECT_THAT(page(everything()), StartsWith("### ❌ "));
  EXPECT_THAT(page(in_doubt()), StartsWith("### ⚠️ "));
}

TEST(CheckCompareMarkdownTest, WhatBrokeIsShownAndWhatIsGoodIsFolded) {
  const std::string text = page(everything());
  EXPECT_THAT(text, HasSubstr("**❌ Newly broken: 2**\n\n"
                              "- FAIL **stream/basic** What is sent comes back (was: pass)"
                              "<br>expected: the same 5 bytes back; came: byte 2"));
  EXPECT_THAT(text, HasSubstr("<details><summary>✅ Fixed: 1</summary>\n\n- pass **close/fin-only** "
                              "A scenario that passes (was: FAIL)\n\n</details>\n"));
}

TEST(CheckCompareMarkdownTest, NothingThatAServerPrintsIsMarkup) {
  const std::string text = page(hostile());
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("</details><script")));
  EXPECT_THAT(text, Not(HasSubstr("@all")));
  EXPECT_THAT(text, Not(HasSubstr("\n| forged")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

// What the writer itself begins a line with.
bool is_ours(const std::string& line) {
  for (const char* const start :
       {"- ", "### ", "**", "<details><summary>", "</details>", "The server", "Likely cause"}) {
    if (line.starts_with(start)) return true;
  }
  return line.empty();
}

TEST(CheckCompareMarkdownTest, NothingThatAServerPrintsBeginsALine) {
  std::istringstream lines(page(hostile()));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_TRUE(is_ours(line)) << line;
  EXPECT_GT(count, 30U);
}

TEST(CheckCompareMarkdownTest, WhatDoesNotFitIsLeftOutAndSaid) {
  Pair pair = nothing();
  constexpr std::size_t kBroken = 2000;
  for (std::size_t i = 0; i < kBroken; ++i) {
    ScenarioResult each = failed_echo();
    each.scenario = "a/" + std::to_string(i);
    pair.now.results.push_back(each);
    each.outcome = Outcome::Pass;
    pair.old.results.push_back(each);
  }
  const std::string text = page(pair);
  EXPECT_LE(text.size(), kMostComment);
  EXPECT_GT(text.size(), kMostComment - 5000);
  std::size_t shown = 0;
  for (std::size_t at = text.find("- FAIL "); at != std::string::npos;
       at = text.find("- FAIL ", at + 1))
    shown += 1;
  EXPECT_THAT(text, HasSubstr("too long: " + std::to_string(kBroken - shown) + " lines"));
  EXPECT_THAT(text, HasSubstr("- old: old.json"));
}

}  // namespace
}  // namespace sockspec::reports::test
