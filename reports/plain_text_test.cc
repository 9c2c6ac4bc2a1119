#include "reports/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/check_report_for_test.h"
#include "reports/console.h"

namespace sockspec::reports::test {
namespace {

using testing::HasSubstr;

TEST(PlainTextTest, IsWhatATerminalShows) {
  for (const CheckReport& report : {good_check(), bad_check(), known_check(), invalid_check()})
    EXPECT_EQ(plain_text(report), console_report(report, {}, false));
}

TEST(PlainTextTest, TheEndOfALongOutputIsKept) {
  CheckReport report = bad_check();
  report.results.front().server_output = std::string(1U << 20U, 'x') + "\nthe last words\n";
  EXPECT_THAT(plain_text(report), HasSubstr(" bytes left out …\n"));
  EXPECT_THAT(plain_text(report), HasSubstr("x\n    | the last words\n"));
}

}  // namespace
}  // namespace sockspec::reports::test
