// What `sockspec grade --init` writes is a class file, with a comment in the reader's language.
#include "reports/class_file_text.h"

#include <gtest/gtest.h>

#include "scenario/parse_class.h"
#include "scenario/parse_profile.h"

namespace sockspec::reports {
namespace {

using grade::ClassPlan;

std::string text(const std::string& profile, const std::string& lang = "en") {
  return class_file_text(profile, scenario::load_profile(profile, {}).value(), lang);
}

TEST(ClassFileTextTest, ItIsAClassFileForEveryProfileInBothLanguages) {
  for (const Profile& profile : scenario::builtin_profiles().value()) {
    for (const char* const lang : {"en", "ko"}) {
      const auto plan =
          scenario::parse_class(class_file_text(profile.id, profile, lang), "class.json");
      ASSERT_TRUE(plan.ok()) << plan.error().text;
      EXPECT_EQ(plan->profile, profile.id);
      EXPECT_EQ(plan->variants.size(), 6U);
    }
  }
}

TEST(ClassFileTextTest, WhatItShowsAsDefaultsAreTheDefaults) {
  const ClassPlan plan = scenario::parse_class(text("tcp-echo"), "class.json").value();
  EXPECT_EQ(plan.limits, ClassPlan().limits);
  EXPECT_EQ(plan.points, ClassPlan().points);
  EXPECT_EQ(plan.late, std::nullopt);
  EXPECT_EQ(plan.jobs, std::nullopt);
  EXPECT_FALSE(plan.own_commands);
}

TEST(ClassFileTextTest, TheCustomaryPortOfTheProfileIsProposed) {
  EXPECT_EQ(scenario::parse_class(text("tcp-uppercase"), "class.json")->port, 12000);
  EXPECT_EQ(scenario::parse_class(text("tcp-echo"), "class.json")->port, 12000);  // not 7
}

TEST(ClassFileTextTest, CommentsStandAboveWhatTheyExplain) {
  const std::string english = text("tcp-uppercase");
  EXPECT_NE(
      english.find("\"// port\": \"The port that is fixed in the code of the submissions. With "
                   "null each is told a free one, and every \\\"run\\\" must hold {port}.\",\n  "
                   "\"port\": 12000,\n"),
      std::string::npos)
      << english;
  EXPECT_NE(text("tcp-uppercase", "ko").find("주석입니다"), std::string::npos);
}

}  // namespace
}  // namespace sockspec::reports
