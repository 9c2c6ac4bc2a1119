// The pages of a graded class: an overview that a teacher can sort, and for each submission what it
// has earned and why. See reports/html/page.h for what all pages have in common.
//
// They link to each other as they lie in one folder: index.html, NAME/index.html and, where there
// was a check, NAME/check.html (reports/html/check_page.h). Pure functions, for any thread. The
// size is bounded, whatever was printed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/fault.h"
#include "core/grade/grade_report.h"

namespace sockspec::reports {

// `faults` have the titles and hints of those that are named.
std::string class_html(const grade::GradeReport& report, const std::vector<Fault>& faults);

std::string submission_html(const grade::GradeReport& report, const grade::Submission& submission,
                            const std::optional<CheckReport>& check);

}  // namespace sockspec::reports
