#include "reports/html/load_compare_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockspec::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

load::RunComparison compared() {
  load::RunComparison compared;
  compared.metric = *load::parse_metric("response.p99");
  compared.a = {1e6, 1.1e6, 1.05e6, 1.2e6};
  compared.b = {2e6, 2.1e6, 2.2e6};
  compared.comparison.finding = load::Finding::Slower;
  compared.comparison.ratio = {1.98, 1.8, 2.1};
  compared.comparison.p_value = 0.01;
  return compared;
}

TEST(LoadComparePageTest, TheFindingComesFirstAndEveryRunIsShown) {
  const std::string page = load_compare_html(compared(), "en");
  EXPECT_THAT(page, HasSubstr("<h1>B is slower: its response.p99 is 1.980 times that of A"));
  EXPECT_THAT(page, HasSubstr("top stack bad"));
  EXPECT_THAT(page, HasSubstr("2.20 ms"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">1.20 ms</td><td class=\"number\">–</td>"));
  EXPECT_THAT(page, HasSubstr("<figure class=\"chart\" id=\"chart-runs\""));
}

TEST(LoadComparePageTest, AFasterServerThatFailsIsNotGood) {
  load::RunComparison failing = compared();
  failing.comparison.finding = load::Finding::Faster;
  EXPECT_THAT(load_compare_html(failing, "en"), HasSubstr("top stack good"));
  failing.failed_in_b = 2;
  EXPECT_THAT(load_compare_html(failing, "en"), HasSubstr("top stack bad"));
  EXPECT_THAT(load_compare_html(failing, "en"), HasSubstr("Runs of B in which the server failed"));
}

TEST(LoadComparePageTest, NoRunAtAllIsAPageWithoutAChart) {
  load::RunComparison none = compared();
  none.a.clear();
  none.b.clear();
  none.comparison.ratio.reset();
  EXPECT_THAT(load_compare_html(none, "ko"), Not(HasSubstr("<figure")));
}

}  // namespace
}  // namespace sockspec::reports
