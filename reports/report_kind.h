// Which command wrote a report, for commands that take the reports of several.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace sockspec::reports {

enum class ReportKind { Check, Load };

// By its field "schema". Errors: not JSON, no report, or a report of another command.
Result<ReportKind> report_kind(std::string_view text, const std::string& file);

}  // namespace sockspec::reports
