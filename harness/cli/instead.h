// What a server that failed its contract does hold.
#pragma once

#include "cli/check_options.h"
#include "core/check_report.h"

namespace sockspec::cli {

// Tries the contracts of core/neighbours.h, a few seconds each, with a server that sockspec starts,
// after a whole run that failed. Sets report.holds_instead where one holds; says nothing otherwise.
void note_what_holds_instead(const CheckPlan& plan, CheckReport& report);

}  // namespace sockspec::cli
