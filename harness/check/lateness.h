// What a result says that missed its time and nothing else. Pure.
#pragma once

#include <vector>

#include "core/check_report.h"

namespace sockspec::check {

// Nothing was wrong but the time, as far as the outcome depends on it.
bool only_late(const ScenarioResult& result);

inline bool failed(const ScenarioResult& result) { return result.outcome == Outcome::Fail; }

// Until the end of the conversation (supervise/own_time.h).
struct TimeOfItsOwn {
  Duration slept{};
  Duration free{};
};

// What is missing would not have come later: everything had reached the server's machine, and the
// server slept until the `end`, or had at least every opportunity to do what needs next to no time:
// to close a connection, or to come to rest. A busy machine explains what a server did late, not
// what it did not want to do.
bool nobody_kept_it(const std::vector<Check>& checks, const Transcript& transcript, Instant end,
                    const TimeOfItsOwn& own);

}  // namespace sockspec::check
