// The one command that repeats a failure.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string reproduce_command(const CheckReport& report, const std::string& scenario);

// What was tried: our own server, the command that was started, or the address.
std::string server_text(const Target& target);

// A word as a POSIX shell needs it.
std::string shell_quoted(const std::string& word);

}  // namespace sockspec::reports
