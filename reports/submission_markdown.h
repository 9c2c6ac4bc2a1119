// What one submission has earned and why, as Markdown (reports/markdown.h): for a comment in the
// student's repository. Pure function, for any thread.
#pragma once

#include <optional>
#include <string>

#include "core/check_report.h"
#include "core/grade/grade_report.h"

namespace sockspec::reports {

std::string submission_markdown(const grade::GradeReport& report,
                                const grade::Submission& submission,
                                const std::optional<CheckReport>& check);

}  // namespace sockspec::reports
