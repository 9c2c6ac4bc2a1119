// The report as plain text: what a terminal shows, for a file or a mail. No colours, printable
// characters only, and of bounded length whatever a server printed.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string plain_text(const CheckReport& report);

}  // namespace sockspec::reports
