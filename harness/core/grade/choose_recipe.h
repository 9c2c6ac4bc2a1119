// Which of a class's recipes fits a submission, by the files that are there.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/grade/class_plan.h"
#include "core/message.h"

namespace sockspec::grade {

struct ChosenRecipe {
  Recipe recipe;       // {file} and {class} are filled in
  std::string folder;  // where its commands run, from the submission's folder; "" = there
  std::string when;    // the variant's pattern; "" = the class's own commands or the submission's
};

// `files` are paths from the submission's folder, in any order. Files that nobody wrote (hidden
// ones, __MACOSX, __pycache__, node_modules) are not looked at. A pattern without "/" matches in
// any folder; the files nearest to the top win. Where several fit a recipe that needs one, the one
// that is called like a server is meant. `own` are the commands of the submission's sockspec.json.
// Otherwise the reason why nothing fits, for the student.
std::variant<ChosenRecipe, Message> choose_recipe(const ClassPlan& plan,
                                                  const std::vector<std::string>& files,
                                                  const std::optional<Recipe>& own = std::nullopt);

// Where a submission begins: past folders that hold nothing but one folder, as archives make them.
std::string top_folder(const std::vector<std::string>& files);

}  // namespace sockspec::grade
