// What a result says that missed its time and nothing else. Pure.
#pragma once

#include <vector>

#include "core/check_report.h"

namespace sockspec::check {

// Nothing was wrong but the time, as far as the outcome depends on it.
bool only_late(const ScenarioResult& result);

inline bool failed(const ScenarioResult& result) { return result.outcome == Outcome::Fail; }

// What is missing would not have come later: everything had reached the server's machine, and the
// server slept by its own will until the `end`. A busy machine explains what a server did late, not
// what it did not want to do.
bool slept_through(const std::vector<Check>& checks, const Transcript& transcript, Instant end,
                   Duration slept);

}  // namespace sockspec::check
