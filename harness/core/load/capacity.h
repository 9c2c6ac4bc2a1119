// What the trials of --find-rate come to: from the report of a run to the outcome of a trial.
//
// Pure functions, safe from any thread.
#pragma once

#include "core/load/load_report.h"
#include "core/load/rate_search.h"
#include "core/result.h"

namespace sockspec::load {

// Can it be searched for? Only what gets worse with more load can: a latency or a count of faults
// with an upper limit. An error begins with --find-rate and the text.
Result<Threshold> parse_objective(std::string_view text);

// Of a run that is judged. It holds only if every reply was right, too.
TrialOutcome outcome_of_trial(const LoadReport& report, const Threshold& objective);

}  // namespace sockspec::load
