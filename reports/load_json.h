// The JSON report of `sockspec load`: schema "sockspec/load/1", reports/schema/load.schema.json.
//
// Latencies are whole nanoseconds. What was not measured is null, never 0 and never NaN.
#pragma once

#include <string>
#include <string_view>

#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::reports {

std::string load_report_to_json(const load::LoadReport& report);

// Everything that judge() and adding up need is read back exactly; long excerpts of bytes stay as
// they were cut. Errors: not JSON, another schema, fields that are missing, of another kind, out of
// range or at odds with each other; one line with the file and a JSON pointer.
Result<load::LoadReport> load_report_from_json(std::string_view text, const std::string& file);

}  // namespace sockspec::reports
