// A graded class for a terminal: a line for each submission, what is common, and the sum of it.
// Pure function, for any thread.
#pragma once

#include <string>

#include "core/grade/grade_report.h"
#include "reports/style.h"

namespace sockspec::reports {

// `quiet`: only what was not graded, and the summary.
std::string grade_text(const grade::GradeReport& report, const Style& style, bool quiet);

}  // namespace sockspec::reports
