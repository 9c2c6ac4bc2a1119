// The list of known failures that --write-known writes: scenarios/schema/known.schema.json.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

// The least list that excuses all that fails in this run: one entry per scenario, with the day of
// the run and what was observed as its reason.
std::string known_list_to_json(const CheckReport& report);

}  // namespace sockspec::reports
