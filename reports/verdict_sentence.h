// The sentence about the contract with which a report of `sockspec check` ends.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

// "The server holds its contract: …"; "" where the run was stopped before anything can be said.
std::string verdict_sentence(const CheckReport& report);

}  // namespace sockspec::reports
