#include "reports/gradescope_bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/parse_class.h"

namespace sockspec::reports {
namespace {

using grade::ClassPlan;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kClass = R"({
  "$schema": "../class.schema.json",
  "class": "Lab 2",
  "profile": "tcp-echo",
  "submissions": "monday/*",
  "// port": "It stands in the code.",
  "port": 12000,
  "variants": [{ "when": "server.py", "run": ["python3", "server.py"] }],
  "points": { "must": 30, "should": 10 },
  "late": { "per_day": 10, "days": { "Kim Minji": 2 } }
})";

std::vector<BundleFile> bundle(const std::string& own_profile = "",
                               const std::string& lang = "en") {
  return gradescope_bundle(scenario::parse_class(kClass, "class.json").value(), kClass, own_profile,
                           lang);
}

BundleFile file(const std::vector<BundleFile>& files, const std::string& name) {
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const auto& each) { return each.name == name; });
  return found == files.end() ? BundleFile{} : *found;
}

TEST(GradescopeBundleTest, BothScriptsThatGradescopeAsksForCanBeRun) {
  for (const char* const name : {"setup.sh", "run_autograder"}) {
    EXPECT_TRUE(file(bundle(), name).runs) << name;
    EXPECT_TRUE(file(bundle(), name).text.starts_with("#!/usr/bin/env bash\n")) << name;
  }
  EXPECT_FALSE(file(bundle(), "class.json").runs);
}

TEST(GradescopeBundleTest, ItsClassFileIsTheTeachersWithTheFolderOfTheOneSubmission) {
  const std::string text = file(bundle(), "class.json").text;
  ClassPlan expected = scenario::parse_class(kClass, "class.json").value();
  expected.submissions = "submissions/*";
  expected.late.reset();
  EXPECT_EQ(scenario::parse_class(text, "class.json").value(), expected);
  EXPECT_THAT(text, HasSubstr("It stands in the code."));
}

TEST(GradescopeBundleTest, NoStudentIsNamedInWhatOthersMayRead) {
  for (const BundleFile& each : bundle())
    EXPECT_THAT(each.text, Not(HasSubstr("Kim"))) << each.name;
}

TEST(GradescopeBundleTest, AProfileOfTheClassGoesAlong) {
  const auto files = bundle("{\"profile\": \"own\"}");
  EXPECT_EQ(file(files, "profile.json").text, "{\"profile\": \"own\"}");
  EXPECT_EQ(scenario::parse_class(file(files, "class.json").text, "x")->profile, "profile.json");
  EXPECT_EQ(file(bundle(), "profile.json").name, "");
}

TEST(GradescopeBundleTest, ThePackagesAreThoseOfTheClassAndOfSockspec) {
  EXPECT_EQ(file(bundle(), "packages.txt").text,
            "bubblewrap\nlibmd0\nlibstdc++6\nlibuv1\npython3\nzlib1g\n");
}

TEST(GradescopeBundleTest, StudentsReadTheLanguageOfTheTeacher) {
  EXPECT_THAT(file(bundle(), "run_autograder").text, HasSubstr(" --lang en "));
  EXPECT_THAT(file(bundle("", "ko"), "run_autograder").text, HasSubstr(" --lang ko "));
  EXPECT_THAT(file(bundle("", "ko"), "not-graded.json").text, HasSubstr("채점"));
}

}  // namespace
}  // namespace sockspec::reports
