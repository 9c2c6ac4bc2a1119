// Class files of `sockspec grade`: scenarios/schema/class.schema.json. A member whose name begins
// with "//" is a comment, in any object.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/grade/class_plan.h"
#include "core/result.h"

namespace sockspec::scenario {

// `file` is only named in errors: file, JSON pointer, what is wrong, what would be right.
Result<grade::ClassPlan> parse_class(std::string_view text, const std::string& file);

Result<grade::ClassPlan> load_class(const std::string& file);

// The sockspec.json that a submission may bring: "build" and "run", nothing else.
Result<grade::Recipe> parse_submission(std::string_view text, const std::string& file);

// Error: a weight whose pattern matches none of the scenarios (with the nearest).
Result<Nothing> check_weights(const grade::ClassPlan& plan, const std::string& file,
                              const std::vector<std::string>& scenarios);

}  // namespace sockspec::scenario
