#include "core/grade/needed_packages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockspec::grade {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ClassPlan with(const std::vector<Recipe>& recipes) {
  ClassPlan plan;
  for (const Recipe& recipe : recipes) plan.variants.push_back({"x", recipe});
  return plan;
}

TEST(NeededPackagesTest, EachPackageStandsOnceHoweverManyCommandsNeedIt) {
  const NeededPackages needed =
      needed_packages(with({{{{"javac", "{file}"}}, {"java", "{class}", "{port}"}},
                            {{{"gcc", "-o", "server", "server.c"}}, {"./server", "{port}"}},
                            {{{"make"}}, {"./server"}}}));
  EXPECT_THAT(needed.packages, ElementsAre("build-essential", "default-jdk-headless"));
  EXPECT_THAT(needed.unknown, IsEmpty());
}

TEST(NeededPackagesTest, TheCommandsForWhatNoVariantFitsCount) {
  ClassPlan plan;
  plan.otherwise = Recipe{{}, {"/usr/bin/python3", "server.py"}};
  EXPECT_THAT(needed_packages(plan).packages, ElementsAre("python3"));
}

TEST(NeededPackagesTest, WhatEverySystemHasOrASubmissionBringsNeedsNone) {
  const NeededPackages needed = needed_packages(
      with({{{{"sh", "build.sh"}}, {"bin/server"}}, {{{"chmod", "+x", "{file}"}}, {"{file}"}}}));
  EXPECT_THAT(needed.packages, IsEmpty());
  EXPECT_THAT(needed.unknown, IsEmpty());
}

TEST(NeededPackagesTest, EnvStartsTheProgramAfterItsVariables) {
  EXPECT_THAT(needed_packages(with({{{}, {"env", "PORT={port}", "A=b", "node", "x.js"}}})).packages,
              ElementsAre("nodejs"));
}

TEST(NeededPackagesTest, AProgramThatIsNotKnownIsNamed) {
  const NeededPackages needed = needed_packages(with({{{{"dotnet", "build"}}, {"dotnet", "run"}}}));
  EXPECT_THAT(needed.packages, IsEmpty());
  EXPECT_THAT(needed.unknown, ElementsAre("dotnet"));
}

}  // namespace
}  // namespace sockspec::grade
