// Everything that `sockspec grade` writes for people and other programs: reports, tables, pages.
#pragma once

#include <string>
#include <vector>

#include "core/grade/grade_report.h"
#include "core/result.h"
#include "reports/html/class_page.h"

namespace sockspec::cli {

// The faults and scenarios inside the binary.
reports::Catalogue builtin_catalogue();

struct GradeFiles {
  std::string json, csv;         // "" = none, "-" = standard output
  std::string html, gradescope;  // folders
  std::string results;           // where the checks of the submissions are kept; "" = nowhere
};

// Fills in where the pages and the check reports of the submissions are. Each file is tried; the
// errors are those that could not be written.
std::vector<Error> write_grade_files(const GradeFiles& files, grade::GradeReport& report);

}  // namespace sockspec::cli
