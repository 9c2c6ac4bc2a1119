// The pages of a graded class: an overview that a teacher can sort, and for each submission what it
// has earned and why. See reports/html/page.h for what all pages have in common.
//
// The overview leads to the pages that the submissions name, from where it lies itself; that of a
// submission to check.html beside it, where there was a check (reports/html/check_page.h). Pure
// functions, for any thread. The size is bounded, whatever was printed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/fault.h"
#include "core/grade/grade_report.h"
#include "core/scenario.h"

namespace sockspec::reports {

// What the names in a report of a class stand for.
struct Catalogue {
  std::vector<Fault> faults;
  std::vector<Scenario> scenarios;
};

std::string class_html(const grade::GradeReport& report, const Catalogue& known);

std::string submission_html(const grade::GradeReport& report, const grade::Submission& submission,
                            const std::optional<CheckReport>& check);

}  // namespace sockspec::reports
