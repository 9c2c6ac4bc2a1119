#include "reports/tap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/check_report_for_test.h"
#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(TapTest, AServerThatHoldsItsContract) {
  EXPECT_EQ(tap(good_check()),
            "TAP version 14\n1..2\n# sockspec 1.2.3: tcp-test, 127.0.0.1:7, seed 7\n"
            "ok 1 - stream/basic\nok 2 - close/half-close\n"
            "# The server holds its contract: 2 of 2 scenarios passed.\n");
}

TEST(TapTest, AFailureTellsWhatCameAndHowToRepeatIt) {
  EXPECT_THAT(
      tap(bad_check()),
      HasSubstr("not ok 1 - stream/basic\n  ---\n"
                "  message: 'expected: the same 5 bytes back; came: byte 2 of the reply differs: "
                "\"heLlo\"'\n"
                "  title: 'What is sent comes back'\n"
                "  outcome: 'fail'\n  level: 'must'\n  duration_ms: 2\n"
                "  checks:\n    - check: 'reply'\n      expected: 'the same 5 bytes back'\n"
                "      came: 'byte 2 of the reply differs: \"heLlo\"'\n"
                "  why: 'look at the letters'\n"
                "  output: |\n    | listening\n    | Traceback: \"oops\"\n"
                "  reproduce: 'sockspec check tcp-echo --target localhost:7 --only stream/basic "
                "--seed 7'\n  ...\n"));
}

TEST(TapTest, AQuoteInAValueIsDoubled) {
  CheckReport report = bad_check();
  report.results.front().hint.en = "it's \\n";
  EXPECT_THAT(tap(report), HasSubstr("\n  why: 'it''s \\n'\n"));
}

TEST(TapTest, OtherOutcomesHaveTheirDirectives) {
  const std::string text = tap(bad_check());
  EXPECT_THAT(text, HasSubstr("\nok 3 - latency/prompt\n  ---\n"));
  EXPECT_THAT(text, HasSubstr("\nok 4 - latency/no-delay # SKIP missed its time limit once"));
  EXPECT_THAT(text, HasSubstr("\nok 5 - concurrency/two # SKIP not run: stream/basic failed"));
  EXPECT_THAT(text, HasSubstr("\nok 6 - lifecycle/restart # SKIP left out by --skip\n"));
  EXPECT_THAT(tap(undecided_check()), HasSubstr("\nnot ok 2 - stream/large\n"));
}

TEST(TapTest, AKnownFailureIsTodoAndItsNumberSignIsNoDirective) {
  EXPECT_THAT(tap(known_check()),
              HasSubstr("\nnot ok 1 - stream/basic # TODO known failure: half done, see \\#7"));
}

TEST(TapTest, ARunThatCouldNotEndBailsOut) {
  EXPECT_THAT(tap(invalid_check()),
              EndsWith("\nBail out! This run is not valid: this machine could "
                       "not go on: Too many open files.\n"));
  EXPECT_THAT(tap(interrupted_check()),
              EndsWith("\nBail out! Interrupted by signal 2; the results so far follow.\n"));
  EXPECT_THAT(tap(unreachable_check()), HasSubstr("\nBail out! The server could not be"));
  EXPECT_THAT(tap(stale_check()), Not(HasSubstr("Bail out!")));
}

// "1..0" is a green "all skipped".
TEST(TapTest, ThePlanIsNeverEmpty) {
  CheckReport report = empty_report();
  report.exit_code = exit_code_of(report);
  EXPECT_THAT(tap(report), StartsWith("TAP version 14\n1..1\n"));
  EXPECT_THAT(tap(report), HasSubstr("\nnot ok 1 - run/nothing-ran\n"));
}

TEST(TapTest, NothingThatAServerPrintsIsALineOfItsOwn) {
  std::istringstream lines(tap(hostile_check()));
  std::size_t points = 0, plans = 0, bails = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(line.find("forged") == std::string::npos || line.starts_with("  ") ||
                line.starts_with("# ") || line.starts_with("not ok ") || line.starts_with("ok ") ||
                line.starts_with("Bail out! This run is not valid"))
        << line;
    points += line.starts_with("ok ") || line.starts_with("not ok ") ? 1 : 0;
    plans += line.starts_with("1..") ? 1 : 0;
    bails += line.starts_with("Bail out!") ? 1 : 0;
  }
  EXPECT_EQ(points, 6U);  // 3 scenarios, 3 troubles
  EXPECT_EQ(plans, 1U);
  EXPECT_EQ(bails, 1U);
}

}  // namespace
}  // namespace sockspec::reports::test
