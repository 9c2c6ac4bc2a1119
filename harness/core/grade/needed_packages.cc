#include "core/grade/needed_packages.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace sockspec::grade {
namespace {

struct Program {
  std::string_view name;
  std::string_view package;  // "" = every system has it
};

// A Makefile may call any compiler: make brings those for C and C++.
constexpr Program kPrograms[] = {
    {"bash", ""},
    {"c++", "build-essential"},
    {"cargo", "cargo"},
    {"cat", ""},
    {"cc", "build-essential"},
    {"chmod", ""},
    {"clang", "clang"},
    {"clang++", "clang"},
    {"cmake", "cmake"},
    {"cp", ""},
    {"g++", "build-essential"},
    {"gcc", "build-essential"},
    {"ghc", "ghc"},
    {"go", "golang-go"},
    {"java", "default-jdk-headless"},
    {"javac", "default-jdk-headless"},
    {"lua", "lua5.4"},
    {"make", "build-essential"},
    {"mcs", "mono-mcs"},
    {"mkdir", ""},
    {"mono", "mono-runtime"},
    {"mv", ""},
    {"node", "nodejs"},
    {"nodejs", "nodejs"},
    {"npm", "npm"},
    {"perl", "perl"},
    {"php", "php-cli"},
    {"python", "python-is-python3"},
    {"python3", "python3"},
    {"ruby", "ruby"},
    {"rustc", "rustc"},
    {"sh", ""},
    {"tclsh", "tcl"},
};

// The program that a command starts: env PORT=7 python3 server.py starts python3.
std::string_view program_of(const Words& command) {
  auto word = command.begin();
  if (word != command.end() && *word == "env") {
    ++word;
    while (word != command.end() && word->find('=') != std::string::npos) ++word;
  }
  return word == command.end() ? std::string_view() : std::string_view(*word);
}

void add_recipe(const Recipe& recipe, std::set<std::string_view>& programs) {
  for (const Words& command : recipe.build) programs.insert(program_of(command));
  programs.insert(program_of(recipe.run));
}

}  // namespace

NeededPackages needed_packages(const ClassPlan& plan) {
  std::set<std::string_view> programs;
  for (const Variant& variant : plan.variants) add_recipe(variant.recipe, programs);
  if (plan.otherwise) add_recipe(*plan.otherwise, programs);
  std::set<std::string> packages;
  std::set<std::string> unknown;
  for (std::string_view program : programs) {
    if (program.starts_with("/usr/bin/"))
      program.remove_prefix(std::string_view("/usr/bin/").size());
    const bool own = program.find_first_of("/{") != std::string_view::npos;
    if (program.empty() || own) continue;
    const auto* const known =
        std::find_if(std::begin(kPrograms), std::end(kPrograms),
                     [&](const Program& each) { return each.name == program; });
    if (known == std::end(kPrograms))
      unknown.emplace(program);
    else if (!known->package.empty())
      packages.emplace(known->package);
  }
  return {{packages.begin(), packages.end()}, {unknown.begin(), unknown.end()}};
}

}  // namespace sockspec::grade
