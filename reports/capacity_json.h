// How the rate of a run was found, in its JSON report.
#pragma once

#include "core/load/load_report.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

scenario::Json capacity_to_json(const load::CapacitySearch& search);

// Errors go to the reader's latch.
load::CapacitySearch capacity_from_json(const scenario::Reader& in);

}  // namespace sockspec::reports
