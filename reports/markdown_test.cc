#include "reports/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "reports/check_report_for_test.h"
#include "reports/markdown_escape.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// What is left when the blocks of code are taken out, by the rule of CommonMark: a block ends with
// a fence at least as long as the one that began it.
std::string without_blocks(const std::string& page) {
  std::string rest;
  std::size_t fence = 0;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (fence == 0 && ticks >= 3) {
      fence = ticks;
    } else if (fence > 0 && ticks >= fence && ticks == line.size()) {
      fence = 0;
    } else if (fence == 0) {
      rest += line + "\n";
    }
  }
  EXPECT_EQ(fence, 0U);
  return rest;
}

TEST(MarkdownTest, AServerThatHoldsItsContract) {
  EXPECT_EQ(markdown(good_check()),
            "### ✅ sockspec 1.2.3: tcp-test against 127.0.0.1:7\n\n"
            "**The server holds its contract: 2 of 2 scenarios passed.**\n\n"
            "<details><summary>2 passed</summary>\n\n"
            "- stream/basic — What is sent comes back\n"
            "- close/half-close — The server ends when the client has\n"
            "\n</details>\n\n"
            "The run: sockspec check tcp-echo --target localhost:7 (seed 7)\n");
}

TEST(MarkdownTest, AFailureIsARowAndAStory) {
  const std::string page = markdown(bad_check());
  EXPECT_THAT(page, HasSubstr("| FAIL | stream/basic | must | expected: the same 5 bytes back; "
                              "came: byte 2 of the reply differs: \"heLlo\" |\n"));
  EXPECT_THAT(page, HasSubstr("<details><summary>FAIL stream/basic — What is sent comes "
                              "back</summary>\n\n```text\nFAIL  stream/basic"));
  EXPECT_THAT(page, HasSubstr("your server behaves like swaps-case"));
}

TEST(MarkdownTest, AKnownFailureIsARowOnly) {
  const std::string page = markdown(known_check());
  EXPECT_THAT(page, StartsWith("### ✅"));
  EXPECT_THAT(page, HasSubstr("| known | stream/basic | must | known failure: half done, see "
                              "&#35;7  https://bugs/7 |\n"));
  EXPECT_THAT(page, Not(HasSubstr("<summary>FAIL")));
}

TEST(MarkdownTest, WhatIsWrongWithTheRunStandsAboveAll) {
  EXPECT_THAT(markdown(invalid_check()),
              StartsWith("### ❌ sockspec 1.2.3: tcp-test against 127.0.0.1:7\n\n"
                         "**This run is not valid: this machine could not go on"));
  EXPECT_THAT(markdown(interrupted_check()), HasSubstr("```text\nbye\n```\n"));
}

TEST(MarkdownTest, WhatWasNotRunIsCountedByItsReason) {
  EXPECT_THAT(markdown(unreachable_check()),
              HasSubstr("\n2 scenarios not run: there was no server to talk to\n"));
}

TEST(MarkdownTest, ItSpeaksKorean) {
  EXPECT_THAT(markdown(in_korean(bad_check())),
              HasSubstr("**서버가 규약을 지키지 않습니다: 시나리오 4개 중 1개 실패.**"));
}

TEST(MarkdownTest, WhatDoesNotFitIsLeftOutAndSaid) {
  CheckReport report = bad_check();
  for (int i = 0; i < 200; ++i) report.results.push_back(report.results.front());
  const std::string page = markdown(report, 50'000);
  EXPECT_LE(page.size(), 50'000U);
  std::size_t shown = 0;
  for (const std::string start : {"<summary>FAIL ", "<summary>warn "}) {
    for (std::size_t at = page.find(start); at != std::string::npos; at = page.find(start, at + 1))
      shown += 1;
  }
  EXPECT_GT(shown, 10U);
  EXPECT_THAT(page, HasSubstr("leaves out " + std::to_string(202 - shown) +
                              " of the explanations and 1 of the lines"));
  EXPECT_THAT(page, HasSubstr("your server behaves like swaps-case"));
  without_blocks(page);  // the last block is closed
}

TEST(MarkdownTest, GitHubTakesEvenAThousandStories) {
  CheckReport report = hostile_check(10'000);
  for (int i = 0; i < 1000; ++i) report.results.push_back(report.results.front());
  const std::string page = markdown(report);
  EXPECT_LT(page.size(), 1024U * 1024U);
  EXPECT_GT(page.size(), 900'000U);
  EXPECT_THAT(page, HasSubstr("the JSON report has them all"));
}

TEST(MarkdownTest, NothingThatAServerPrintsLeavesItsBlock) {
  const std::string rest = without_blocks(markdown(hostile_check()));
  EXPECT_THAT(rest, Not(HasSubstr("<script")));
  EXPECT_THAT(rest, Not(HasSubstr("\n::error")));
  EXPECT_THAT(rest, Not(HasSubstr("\n# heading")));
  EXPECT_THAT(rest, Not(HasSubstr("<!--")));
}

TEST(MarkdownTest, NoCellEndsEarly) {
  std::istringstream lines(without_blocks(markdown(hostile_check())));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) continue;
    EXPECT_EQ(std::count(line.begin(), line.end(), '|'), 5) << line;
  }
}

TEST(MarkdownEscapeTest, AFenceIsLongerThanAnyInside) {
  EXPECT_EQ(markdown_block("a"), "```text\na\n```\n");
  EXPECT_EQ(markdown_block("x ````\n"), "`````text\nx ````\n`````\n");
}

TEST(MarkdownEscapeTest, MarkupIsText) {
  EXPECT_EQ(markdown_text("a|b *c*"), "a&#124;b &#42;c&#42;");
  EXPECT_EQ(markdown_text("</summary>&"), "&#60;/summary&#62;&#38;");
}

}  // namespace
}  // namespace sockspec::reports::test
