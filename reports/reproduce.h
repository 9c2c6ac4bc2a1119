// The one command that repeats a failure.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string reproduce_command(const CheckReport& report, const std::string& scenario);

// A word as a POSIX shell needs it.
std::string shell_quoted(const std::string& word);

}  // namespace sockspec::reports
