// The built-in suite with the built-in profiles: every scenario binds to every profile it fits, and
// no profile is left without any.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/fits.h"
#include "core/script.h"
#include "core/selection.h"
#include "scenario/parse_profile.h"
#include "scenario/suite.h"

namespace sockspec::scenario {
namespace {

const Environment kMachine{{{"tcp_wmem.max", 4U << 20U}, {"tcp_rmem.max", 6U << 20U}}, 1.0};

// The first error of binding all that fits; "" where there is none.
std::string bind_all(const std::vector<Scenario>& suite, const Profile& profile) {
  for (const Scenario& scenario : suite) {
    if (!fits(scenario.requires_, profile)) continue;
    const Result<Script> script = bind(scenario, profile, kMachine, 1);
    if (!script) return profile.id + ": " + script.error().text;
  }
  return {};
}

class BuiltinSuiteTest : public ::testing::TestWithParam<Profile> {};

TEST_P(BuiltinSuiteTest, EveryScenarioThatFitsBinds) {
  EXPECT_EQ(bind_all(builtin_suite().value(), GetParam()), "");
}

TEST_P(BuiltinSuiteTest, SomeScenariosFit) {
  const std::vector<Scenario> suite = builtin_suite().value();
  const Result<Selection> selection = select(suite, GetParam(), {});
  EXPECT_TRUE(selection.ok()) << GetParam().id;
}

INSTANTIATE_TEST_SUITE_P(All, BuiltinSuiteTest, ::testing::ValuesIn(builtin_profiles().value()),
                         [](const auto& test) {
                           std::string name = test.param.id;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace sockspec::scenario
