// The JSON report of `sockspec grade`: schema "sockspec/grade/1", reports/schema/grade.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "core/grade/grade_report.h"
#include "core/result.h"

namespace sockspec::reports {

// What the class has in common (common_faults, summary, resumed) is computed here.
std::string grade_report_to_json(const grade::GradeReport& report);

// Errors: not JSON, another schema, fields that are missing or of another kind.
Result<grade::GradeReport> grade_report_from_json(std::string_view text, const std::string& file);

}  // namespace sockspec::reports
