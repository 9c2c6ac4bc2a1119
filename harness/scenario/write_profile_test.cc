#include "scenario/write_profile.h"

#include <gtest/gtest.h>

#include "core/profile_difference.h"
#include "scenario/parse_profile.h"

namespace sockspec::scenario {
namespace {

TEST(WriteProfileTest, EveryBuiltInProfileComesBackAsItWas) {
  const auto profiles = builtin_profiles();
  ASSERT_TRUE(profiles);
  for (const Profile& profile : *profiles) {
    const std::string text = profile_to_json(profile);
    const auto again = parse_profile(text, profile.id);
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(differing_fields(profile, *again), std::vector<std::string>()) << text;
    EXPECT_EQ(again->id, profile.id);
    EXPECT_EQ(again->title, profile.title);
    EXPECT_EQ(again->port, profile.port);
  }
}

TEST(WriteProfileTest, LevelsAndExcludesAreKept) {
  Profile profile;
  profile.id = "own";
  profile.levels["close/no-leak"] = Level::Must;
  profile.exclude["flow/window-reopens"] = "not taught";
  const auto again = parse_profile(profile_to_json(profile), "own");
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(again->levels, profile.levels);
  EXPECT_EQ(again->exclude, profile.exclude);
}

}  // namespace
}  // namespace sockspec::scenario
