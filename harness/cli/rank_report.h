// The report of one process of several: its line in the table of all, and its file beside the
// whole.
#pragma once

#include <string>
#include <vector>

#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::cli {

// Of this machine, for people; "?" where it has none.
std::string host_name();

// With the name of this machine, without what only a common start tells.
load::RankFigures rank_line(const load::LoadReport& report);

// "run.json": "run.rank2.json". "" where the report goes nowhere, or to standard output.
std::string rank_file(const std::string& json, int rank);

// What the ranks have sent rank 0, as one report. Error (Harness): one cannot be read, or is of
// another run.
Result<load::LoadReport> merge_ranks(const std::vector<std::string>& reports);

}  // namespace sockspec::cli
