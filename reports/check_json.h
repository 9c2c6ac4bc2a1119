// The JSON report of `sockspec check`: schema "sockspec/check/1", reports/schema/check.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "core/check_report.h"
#include "core/result.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

std::string check_report_to_json(const CheckReport& report);

// Conversations are most of a report: who asks for verdicts alone leaves them out.
enum class Transcripts { Read, LeaveOut };

// Errors: not JSON, another schema, fields that are missing or of another kind.
Result<CheckReport> check_report_from_json(std::string_view text, const std::string& file,
                                           Transcripts transcripts = Transcripts::Read);

// The checks of one result as they stand in a report, for comparing two verdicts.
scenario::Json checks_to_json(const std::vector<Check>& checks, std::string_view lang);

}  // namespace sockspec::reports
