// The table of the ranks in the JSON report of a load run.
#pragma once

#include "core/load/load_report.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

scenario::Json ranks_to_json(const std::vector<load::RankFigures>& ranks);

// Errors go to the reader's latch.
std::vector<load::RankFigures> ranks_from_json(const scenario::Reader& in);

}  // namespace sockspec::reports
