// The placeholders in the commands of a class file: {port} {host} {file} {class}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/grade/class_plan.h"

namespace sockspec::grade {

// The names in braces in a word that are meant as placeholders: the four above and what is a typing
// mistake away from one. Other braces belong to the command (awk '{ print }').
std::vector<std::string> placeholders_in(std::string_view word);

// Is {name} in any of the words?
bool uses(const Words& words, std::string_view name);

// {file} and {class} replaced: "Server.java", "Server". {port} and {host} stay; the check fills
// them in.
Recipe filled_in(const Recipe& recipe, const std::string& file);

}  // namespace sockspec::grade
