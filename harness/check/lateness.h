// What a result says that missed its time and nothing else.
#pragma once

#include "core/check_report.h"

namespace sockspec::check {

// Nothing was wrong but the time, as far as the outcome depends on it.
bool only_late(const ScenarioResult& result);

inline bool failed(const ScenarioResult& result) { return result.outcome == Outcome::Fail; }

}  // namespace sockspec::check
