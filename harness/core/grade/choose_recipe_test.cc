// Which commands fit a submission, by the files that are there.
#include "core/grade/choose_recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace sockspec::grade {
namespace {

using Files = std::vector<std::string>;

const Recipe kPython{{}, {"python3", "{file}", "{port}"}};
const Recipe kJava{{{"javac", "{file}"}}, {"java", "{class}", "{port}"}};
const Recipe kC{{{"gcc", "-o", "server", "server.c"}}, {"./server", "{port}"}};

ClassPlan plan() {
  ClassPlan plan;
  plan.variants = {{"server.py", kPython}, {"*.java", kJava}, {"server.c", kC}};
  return plan;
}

ChosenRecipe chosen(const ClassPlan& plan, const Files& files) {
  const auto choice = choose_recipe(plan, files);
  const auto* const recipe = std::get_if<ChosenRecipe>(&choice);
  EXPECT_NE(recipe, nullptr) << std::get<Message>(choice).id;
  return recipe ? *recipe : ChosenRecipe();
}

Message refused(const ClassPlan& plan, const Files& files) {
  const auto choice = choose_recipe(plan, files);
  const auto* const why = std::get_if<Message>(&choice);
  EXPECT_NE(why, nullptr) << std::get<ChosenRecipe>(choice).when;
  return why ? *why : Message();
}

TEST(ChooseRecipeTest, TheFileThatIsThereDecides) {
  EXPECT_EQ(chosen(plan(), {"server.py"}).recipe.run, (Words{"python3", "server.py", "{port}"}));
  EXPECT_EQ(chosen(plan(), {"README.md", "server.c"}).recipe, kC);
}

TEST(ChooseRecipeTest, TheFirstVariantThatFitsIsTaken) {
  EXPECT_EQ(chosen(plan(), {"server.c", "server.py"}).when, "server.py");
}

TEST(ChooseRecipeTest, FileAndClassAreFilledIn) {
  const Recipe recipe = chosen(plan(), {"EchoServer.java"}).recipe;
  EXPECT_EQ(recipe.build, (std::vector<Words>{{"javac", "EchoServer.java"}}));
  EXPECT_EQ(recipe.run, (Words{"java", "EchoServer", "{port}"}));
}

TEST(ChooseRecipeTest, CommandsRunWhereTheFileIs) {
  const ChosenRecipe choice = chosen(plan(), {"kim/lab2/src/server.py", "kim/lab2/README"});
  EXPECT_EQ(choice.folder, "kim/lab2/src");
  EXPECT_EQ(choice.recipe.run, (Words{"python3", "server.py", "{port}"}));
}

TEST(ChooseRecipeTest, TheFileNearestToTheTopIsMeant) {
  EXPECT_EQ(chosen(plan(), {"old/server.py", "server.py"}).folder, "");
}

TEST(ChooseRecipeTest, APatternWithAFolderMeansThatFolder) {
  ClassPlan with_folder = plan();
  with_folder.variants = {{"src/*.py", kPython}};
  EXPECT_EQ(chosen(with_folder, {"src/main.py", "main.py"}).folder, "src");
  EXPECT_EQ(refused(with_folder, {"main.py"}).id, "unfit.nothing");
}

TEST(ChooseRecipeTest, WhatNobodyWroteIsNotLookedAt) {
  for (const char* const file : {"__MACOSX/server.py", "._server.py", ".git/server.py",
                                 "node_modules/x/server.c", "a/__pycache__/server.py"})
    EXPECT_EQ(refused(plan(), {file}).id, "unfit.empty") << file;
}

TEST(ChooseRecipeTest, OfSeveralTheOneThatIsCalledLikeAServerIsMeant) {
  EXPECT_EQ(chosen(plan(), {"Client.java", "EchoServer.java"}).recipe.run[1], "EchoServer");
}

TEST(ChooseRecipeTest, SeveralThatMayBeMeantAreNamed) {
  EXPECT_EQ(refused(plan(), {"B.java", "A.java"}),
            (Message{"unfit.several", {{"pattern", "*.java"}, {"files", "A.java, B.java"}}}));
  EXPECT_EQ(refused(plan(), {"ServerA.java", "ServerB.java"}).id, "unfit.several");
}

TEST(ChooseRecipeTest, SeveralDoNotMatterWhereNoneIsNamed) {
  ClassPlan make = plan();
  make.variants = {{"*.c", {{{"make"}}, {"./server", "{port}"}}}};
  EXPECT_EQ(chosen(make, {"b.c", "a.c"}).when, "*.c");
}

TEST(ChooseRecipeTest, TheClassesOwnCommandsAreForTheRest) {
  ClassPlan rest = plan();
  rest.otherwise = Recipe{{{"make"}}, {"./server", "{port}"}};
  const ChosenRecipe choice = chosen(rest, {"kim/lab2/Makefile", "kim/lab2/src/main.rs"});
  EXPECT_EQ(choice.recipe, *rest.otherwise);
  EXPECT_EQ(choice.folder, "kim/lab2");
  EXPECT_EQ(refused(rest, {}).id, "unfit.empty");
}

TEST(ChooseRecipeTest, ASubmissionsOwnCommandsCountOnlyWhereTheClassAllowsIt) {
  const Recipe own{{}, {"ruby", "main.rb", "{port}"}};
  const Files files{"lab/main.rb", "lab/sockspec.json", "server.py"};
  ClassPlan allowed = plan();
  allowed.own_commands = true;
  const auto choice = choose_recipe(allowed, files, own);
  ASSERT_TRUE(std::holds_alternative<ChosenRecipe>(choice));
  EXPECT_EQ(std::get<ChosenRecipe>(choice).recipe, own);
  EXPECT_EQ(std::get<ChosenRecipe>(choice).folder, "lab");
  EXPECT_EQ(std::get<ChosenRecipe>(choose_recipe(plan(), files, own)).when, "server.py");
}

TEST(ChooseRecipeTest, AnotherLetterCaseIsSaid) {
  EXPECT_EQ(refused(plan(), {"src/Server.py"}),
            (Message{"unfit.letter-case", {{"file", "Server.py"}, {"pattern", "server.py"}}}));
}

TEST(ChooseRecipeTest, ATypingMistakeIsSaid) {
  EXPECT_EQ(refused(plan(), {"sever.py"}),
            (Message{"unfit.misnamed", {{"file", "sever.py"}, {"pattern", "server.py"}}}));
}

TEST(ChooseRecipeTest, WhatWasLookedForAndWhatIsThereAreNamed) {
  EXPECT_EQ(
      refused(plan(), {"main.rs", "Cargo.toml"}),
      (Message{"unfit.nothing",
               {{"patterns", "server.py, *.java, server.c"}, {"files", "Cargo.toml, main.rs"}}}));
  EXPECT_EQ(refused(plan(), {"a.rs", "b.rs", "c.rs", "d.rs", "e.rs", "f.rs"}).param("files"),
            "a.rs, b.rs, c.rs, d.rs, e.rs, …");
}

TEST(TopFolderTest, FoldersThatHoldNothingButOneFolderArePassed) {
  EXPECT_EQ(top_folder({"a/b/x", "a/b/c/y"}), "a/b");
  EXPECT_EQ(top_folder({"a/x", "b/y"}), "");
  EXPECT_EQ(top_folder({"ab/x", "abc/y"}), "");
  EXPECT_EQ(top_folder({"a/x", "__MACOSX/a/._x"}), "a");
  EXPECT_EQ(top_folder({"x"}), "");
  EXPECT_EQ(top_folder({}), "");
}

RC_GTEST_PROP(ChooseRecipeTest, TheOrderOfTheFilesDoesNotMatter, ()) {
  const auto name =
      rc::gen::element<std::string>("server.py", "A.java", "AServer.java", "server.c",
                                    "x/server.py", "x/y/B.java", "Server.py", "z.txt");
  Files files = *rc::gen::container<Files>(name);
  const auto shuffled = [&] {
    Files other = files;
    for (std::size_t i = 1; i < other.size(); ++i)
      std::swap(other[i], other[*rc::gen::inRange<std::size_t>(0, i + 1)]);
    return other;
  }();
  const auto first = choose_recipe(plan(), files), second = choose_recipe(plan(), shuffled);
  RC_ASSERT(first.index() == second.index());
  if (const auto* const choice = std::get_if<ChosenRecipe>(&first)) {
    RC_ASSERT(choice->recipe == std::get<ChosenRecipe>(second).recipe);
    RC_ASSERT(choice->folder == std::get<ChosenRecipe>(second).folder);
  } else {
    RC_ASSERT(std::get<Message>(first) == std::get<Message>(second));
  }
}

}  // namespace
}  // namespace sockspec::grade
