// A class as a table: CSV (RFC 4180) with one row for each submission, in the order of the report.
//
// Spreadsheets run a cell that begins with = + - @ as a formula, and its text may be a student's:
// such a cell gets an apostrophe in front. The table begins with a byte order mark, without which
// Excel takes the names of Korean students for another encoding.
#pragma once

#include <string>
#include <string_view>

#include "core/grade/grade_report.h"

namespace sockspec::reports {

std::string grade_report_to_csv(const grade::GradeReport& report);

// One cell, guarded, and in quotes where it must be.
std::string csv_cell(std::string_view text);

}  // namespace sockspec::reports
