#include "core/diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/test_language.h"

namespace sockspec {
namespace {

using ::testing::IsEmpty;

std::vector<Profile> known() { return {test::echo()}; }

FaultRow row(std::string fault, std::map<std::string, std::set<std::string>> wrong) {
  FaultRow made{std::move(fault), test::echo().id, {std::move(wrong), {}, {}}, {}};
  for (const char* scenario : {"s/basic", "s/bytes", "s/sizes", "c/half", "c/reset"}) {
    if (!made.signature.wrong.contains(scenario)) made.signature.ran.insert(scenario);
  }
  return made;
}

FaultTable table() {
  return {row("nul-terminated", {{"s/bytes", {"reply=nothing"}}}),
          row("truncates", {{"s/sizes", {"reply=partial"}}, {"c/half", {"reply=partial"}}}),
          row("dies-on-reset", {{"c/reset", {"alive=broken"}}}),
          row("adds-newline", {{"s/basic", {"quiet=unasked:extra-newline"}}}),
          row("adds-nul", {{"s/basic", {"quiet=unasked:extra-nul"}}})};
}

std::vector<Diagnosis> diagnosis_of(std::map<std::string, std::set<std::string>> wrong) {
  return diagnose(row("", std::move(wrong)).signature, test::echo(), table(), known());
}

TEST(DiagnosisTest, AServerThatFailsNothingGetsNone) { EXPECT_THAT(diagnosis_of({}), IsEmpty()); }

TEST(DiagnosisTest, TheSameSignatureIsNamedWithConfidence) {
  const auto found = diagnosis_of({{"c/reset", {"alive=broken"}}});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].fault, "dies-on-reset");
  EXPECT_GT(found[0].confidence, 0.9);
}

TEST(DiagnosisTest, HowAScenarioFailedTellsTwoFaultsApart) {
  const auto found = diagnosis_of({{"s/basic", {"quiet=unasked:extra-nul"}}});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].fault, "adds-nul");
}

TEST(DiagnosisTest, NothingNearIsSaidBySilence) {
  EXPECT_THAT(diagnosis_of({{"s/basic", {"reply=ended"}}, {"s/sizes", {"connect=refused"}}}),
              IsEmpty());
}

TEST(DiagnosisTest, FaultsThatLookTheSameShareTheConfidence) {
  FaultTable twins = table();
  twins.push_back(row("its-twin", {{"c/reset", {"alive=broken"}}}));
  const auto found =
      diagnose(row("", {{"c/reset", {"alive=broken"}}}).signature, test::echo(), twins, known());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_LE(found[0].confidence, 0.5);
  EXPECT_LE(found[1].confidence, 0.5);
}

TEST(DiagnosisTest, TwoFaultsAtOnceAreBothNamed) {
  const auto found = diagnosis_of({{"s/bytes", {"reply=nothing"}}, {"c/reset", {"alive=broken"}}});
  ASSERT_GE(found.size(), 2U);
  EXPECT_TRUE(found[1].beside);
  EXPECT_EQ((std::set<std::string>{found[0].fault, found[1].fault}),
            (std::set<std::string>{"nul-terminated", "dies-on-reset"}));
}

// In c/reset something else was found than a server shows that dies of it.
TEST(DiagnosisTest, AnotherSignInTheSameScenarioAccusesOfNoSecondFault) {
  const auto found = diagnosis_of({{"s/bytes", {"reply=nothing"}}, {"c/reset", {"alive=late"}}});
  EXPECT_TRUE(
      std::none_of(found.begin(), found.end(), [](const Diagnosis& d) { return d.beside; }));
}

TEST(DiagnosisTest, WhatWasNotRunCountsForNobody) {
  Signature seen = row("", {{"s/sizes", {"reply=partial"}}}).signature;
  seen.ran.erase("c/half");
  const auto found = diagnose(seen, test::echo(), table(), known());
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].fault, "truncates");
}

// The row stands for another profile, whose scenarios are others.
TEST(DiagnosisTest, ThatBothEndedAlikeDoesNotExplainWhatFailed) {
  const FaultTable other = {
      {"needs-text", test::echo().id, {{{"g/first", {"reply=ended"}}}, {}, {"exit.code.1"}}, {}}};
  Signature seen = row("", {{"s/sizes", {"reply=reset"}}}).signature;
  seen.process = {"exit.code.1"};
  EXPECT_THAT(diagnose(seen, test::echo(), other, known()), IsEmpty());
  seen.wrong["g/first"] = {"reply=ended"};
  EXPECT_FALSE(diagnose(seen, test::echo(), other, known()).empty());
}

TEST(DiagnosisTest, WhetherTheServerEndedTellsTwoFaultsApart) {
  FaultTable two = {row("closes", {{"c/half", {"reply=broken"}}}),
                    row("dies", {{"c/half", {"reply=broken"}}})};
  two[1].signature.process = {"exit.code.1"};
  Signature seen = row("", {{"c/half", {"reply=broken"}}}).signature;
  EXPECT_EQ(diagnose(seen, test::echo(), two, known()).at(0).fault, "closes");
  seen.process = {"exit.code.134"};
  EXPECT_EQ(diagnose(seen, test::echo(), two, known()).at(0).fault, "dies");
}

TEST(DiagnosisTest, AProfileOfTheUsersOwnIsReadByTheOneMostLikeIt) {
  Profile own = test::echo();
  own.id = "my-course";
  const auto found =
      diagnose(row("", {{"c/reset", {"alive=broken"}}}).signature, own, table(), known());
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].fault, "dies-on-reset");
}

}  // namespace
}  // namespace sockspec
