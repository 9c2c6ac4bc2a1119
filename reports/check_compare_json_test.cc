#include "reports/check_compare_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/comparison_for_test.h"

namespace sockspec::reports::test {
namespace {

using Json = nlohmann::json;

Json written(const Pair& pair) {
  return Json::parse(check_comparison_to_json(compared(pair), {"old.json", "new.json"}, "1.3.0"));
}

TEST(CheckCompareJsonTest, EveryScenarioStandsInIt) {
  const Json json = written(everything());
  EXPECT_EQ(json["scenarios"].size(), 15U);
  EXPECT_EQ(json["scenarios"][0]["change"], "broken");
  EXPECT_EQ(json["scenarios"][0]["old"]["outcome"], "pass");
  EXPECT_EQ(json["scenarios"][0]["new"]["failed_checks"][0]["id"], "reply");
}

TEST(CheckCompareJsonTest, AScenarioOfOneReportIsNullInTheOther) {
  const Json json = written(everything());
  EXPECT_TRUE(json["scenarios"][13]["old"].is_null());
  EXPECT_TRUE(json["scenarios"][14]["new"].is_null());
}

TEST(CheckCompareJsonTest, TheSummaryAddsUp) {
  const Json summary = written(everything())["summary"];
  std::size_t all = 0;
  for (const auto& [name, count] : summary["changes"].items()) all += count.get<std::size_t>();
  EXPECT_EQ(all, 15U);
  EXPECT_EQ(summary["newly_broken"], 1);
  EXPECT_EQ(summary["slower"], 1);
}

TEST(CheckCompareJsonTest, HostileBytesAreStillJson) {
  EXPECT_EQ(written(hostile())["exit_code"], 1);
}

}  // namespace
}  // namespace sockspec::reports::test
