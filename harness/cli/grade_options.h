// The options of `sockspec grade`, from words to what is to be graded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/check_options.h"
#include "cli/options.h"
#include "core/grade/class_plan.h"
#include "core/profile.h"
#include "grade/handed_in.h"

namespace sockspec::cli {

const CommandSpec& grade_spec();

struct GradePlan {
  grade::ClassPlan plan;
  std::string class_file;
  std::string class_text;
  Profile profile;
  bool own_profile = false;                  // a file of the class, not a built-in one
  std::vector<grade::HandedIn> submissions;  // of this shard, and those that were asked for
  std::optional<unsigned> jobs;              // none = as many as this machine carries
  Shard shard;
  std::uint64_t seed = 0;
  bool resume = false;
  bool quiet = false;
  std::string results;           // the folder where results are kept
  std::string json, csv;         // files; "" = none, "-" = standard output
  std::string html, gradescope;  // folders
  std::string lang;
};

// `operand` is a class file, or the folder of a class.json. Fills in the plan, the texts and the
// profile; submissions are not looked for.
Result<Nothing> read_class(const std::string& operand, GradePlan& plan);

// Errors: everything that can be known to be wrong before anything is built.
Result<GradePlan> plan_grade(const ParsedOptions& options);

// Error: an option beside --NAME and --lang, which is all that goes with it.
Result<Nothing> refuse_beside(const ParsedOptions& options, const std::string& name);

// --init PROFILE: writes the class file. The operand names it; none = standard output.
Result<Nothing> write_class_file(const ParsedOptions& options);

}  // namespace sockspec::cli
