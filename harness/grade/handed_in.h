// What a class has handed in: the folders that its pattern names, and what is in them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/grade/class_plan.h"
#include "core/result.h"

namespace sockspec::grade {

struct HandedIn {
  std::string name;                // of the folder, and of the student
  std::string folder;              // where it is
  std::vector<std::string> files;  // paths from there, sorted; links, too, which nobody follows
  std::uint64_t bytes = 0;         // of all files
};

// The submissions of a class, by name. `class_folder` is where its class file lies; `file` is only
// named in errors. Errors (Usage): no folder fits the pattern, two have the same name, one cannot
// be read.
Result<std::vector<HandedIn>> find_submissions(const ClassPlan& plan,
                                               const std::string& class_folder,
                                               const std::string& file);

// A hash of the names and the contents of its files, and of `rest`: whatever else its points depend
// on. Error: a file that cannot be read.
Result<std::string> content_hash(const HandedIn& submission, const std::string& rest);

}  // namespace sockspec::grade
