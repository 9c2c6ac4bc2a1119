// Which packages of Debian and Ubuntu the commands of a class file need. Pure.
//
// Known are the compilers and interpreters that classes use; what a submission builds itself
// ("./server"), and what every system has, needs none.
#pragma once

#include <string>
#include <vector>

#include "core/grade/class_plan.h"

namespace sockspec::grade {

struct NeededPackages {
  std::vector<std::string> packages;  // sorted, each once
  std::vector<std::string> unknown;   // programs whose package is not known here, sorted
};

NeededPackages needed_packages(const ClassPlan& plan);

}  // namespace sockspec::grade
