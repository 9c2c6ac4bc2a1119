// The parts of a class that were graded apart (--shard I/N), as one report. Pure.
#pragma once

#include <vector>

#include "core/grade/grade_report.h"
#include "core/result.h"

namespace sockspec::grade {

// In any order. Errors (Usage): parts of different classes, profiles, seeds or versions of
// sockspec, a part that is missing or there twice, a submission that is in two of them.
Result<GradeReport> merge_classes(std::vector<GradeReport> parts);

}  // namespace sockspec::grade
