// One failed (or warned) scenario, told so that a beginner finds the bug: what was done, what was
// expected, what came, the first difference, the time line, the contract, the usual cause, the
// server's last lines, and the command that repeats it.
#pragma once

#include <string>

#include "core/check_report.h"
#include "reports/style.h"

namespace sockspec::reports {

std::string failure_text(const CheckReport& report, const ScenarioResult& result,
                         const Style& style);

// Text that a server printed, made safe for a terminal: control characters are escaped.
std::string safe_for_terminal(const std::string& text);

}  // namespace sockspec::reports
