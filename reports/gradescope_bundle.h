// The files of an autograder of Gradescope that grades each submission as the class file says
// (https://gradescope-autograders.readthedocs.io/en/latest/specs/): setup.sh, run_autograder, and
// what they read. The executable of sockspec belongs beside them. Pure functions, for any thread.
#pragma once

#include <string>
#include <vector>

#include "core/grade/class_plan.h"

namespace sockspec::reports {

struct BundleFile {
  std::string name;
  std::string text;
  bool runs = false;  // is a program
};

// `class_text` is the class file that `plan` was read from, `own_profile` the profile if it is a
// file of the class, else "". What students can read must not name others: the late days stay out,
// and Gradescope knows who was late.
std::vector<BundleFile> gradescope_bundle(const grade::ClassPlan& plan,
                                          const std::string& class_text,
                                          const std::string& own_profile, const std::string& lang);

}  // namespace sockspec::reports
