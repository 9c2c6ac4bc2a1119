// The report of `sockspec check` for a person at a terminal.
#pragma once

#include <string>

#include "core/check_report.h"
#include "reports/style.h"

namespace sockspec::reports {

// The whole text: one line per scenario, each failure explained, and the verdict at the end.
// `quiet` leaves out what passed.
std::string console_report(const CheckReport& report, const Style& style, bool quiet);

}  // namespace sockspec::reports
