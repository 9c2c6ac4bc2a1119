#include "reports/check_compare_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/comparison_for_test.h"

namespace sockspec::reports::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string shown(const Pair& pair) { return check_compare_text(story(pair), {}); }

TEST(CheckCompareTextTest, WhatBrokeStandsFirstWithWhatWasSeen) {
  const std::string text = shown(everything());
  EXPECT_THAT(text, HasSubstr("Newly broken: 2\n"
                              "  FAIL  stream/basic  What is sent comes back  (was: pass)\n"
                              "      expected: the same 5 bytes back; came: byte 2 of the reply "
                              "differs: \"heLlo\"\n"));
  EXPECT_LT(text.find("Newly broken"), text.find("Fixed"));
}

TEST(CheckCompareTextTest, AKnownFailureIsShownAsKnownAndNotCountedAtTheEnd) {
  const std::string text = shown(everything());
  EXPECT_THAT(text, HasSubstr("  known  transform/known"));
  EXPECT_THAT(text, HasSubstr("Newly broken: 1 of 8 scenarios that were judged in both reports"));
}

TEST(CheckCompareTextTest, AChangedFailureTellsBothSides) {
  EXPECT_THAT(
      shown(everything()),
      HasSubstr("      old: expected: the same 5 bytes back; came: nothing came within 2000 "
                "ms\n      new: expected: the same 5 bytes back; came: byte 2"));
}

TEST(CheckCompareTextTest, WhatWasNotRunIsCountedByItsReason) {
  EXPECT_THAT(shown(everything()),
              HasSubstr("  2 scenarios not run: stream/basic failed, which explains it\n"));
}

TEST(CheckCompareTextTest, WhatIsNoLongerAskedIsNamed) {
  EXPECT_THAT(shown(everything()), HasSubstr("Only in the old report, so no longer asked: 1\n"
                                             "  pass  a/gone"));
}

TEST(CheckCompareTextTest, TheLastLineIsTheVerdict) {
  EXPECT_THAT(shown(nothing()),
              EndsWith("Nothing is newly broken: 2 scenarios were judged in both reports.\n"));
  EXPECT_THAT(shown(swapped(everything())), EndsWith("fixed: 2. Still failing: 1.\n"));
  EXPECT_THAT(shown(in_doubt()), HasSubstr("but of 1 scenario it cannot be told"));
  EXPECT_THAT(shown(incomplete()), HasSubstr("did not come to its end: make it again.\n"));
}

TEST(CheckCompareTextTest, AnInterruptedRunIsNamed) {
  EXPECT_THAT(shown(incomplete()), HasSubstr("\"new\" was interrupted by signal 2."));
}

TEST(CheckCompareTextTest, AServerThatIsNotThereIsNamed) {
  Pair pair = nothing();
  pair.now.exit_code = 3;
  EXPECT_THAT(shown(pair), EndsWith("The server of the new report could not be started or reached, "
                                    "so nothing can be said of it.\n"));
}

TEST(CheckCompareTextTest, ReportsWithNothingInCommonSayNothing) {
  Pair pair = nothing();
  for (ScenarioResult& each : pair.now.results) each.scenario = "other/" + each.scenario;
  EXPECT_THAT(shown(pair), EndsWith("No scenario was judged in both reports, so nothing can be "
                                    "said.\n"));
}

TEST(CheckCompareTextTest, OneCauseIsNotCalledAnother) {
  Pair pair = everything();
  EXPECT_THAT(shown(pair), HasSubstr("Likely cause now: swaps-case (90 %): changes letters. "
                                     "Before: sleeps-per-message.\n"));
  pair.old.diagnosis = pair.now.diagnosis;
  EXPECT_THAT(shown(pair), HasSubstr("Likely cause, as before: swaps-case"));
  pair.old.diagnosis.clear();
  EXPECT_THAT(shown(pair), HasSubstr("Likely cause: swaps-case"));
  EXPECT_THAT(shown(swapped(pair)), HasSubstr("is no longer named: swaps-case"));
}

TEST(CheckCompareTextTest, ColoursAreOnlyThereWhenWanted) {
  EXPECT_THAT(check_compare_text(story(everything()), Style{true}),
              HasSubstr("\x1b[31mNewly broken: 2\x1b[0m"));
  EXPECT_THAT(shown(everything()), Not(HasSubstr("\x1b")));
}

TEST(CheckCompareTextTest, NothingThatAServerPrintsReachesTheTerminal) {
  const std::string text = shown(hostile());
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(text, Not(HasSubstr("\n| forged")));
}

}  // namespace
}  // namespace sockspec::reports::test
