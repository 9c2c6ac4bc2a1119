// Where in a script it failed, and how much of the script a snippet needs to show that.
#pragma once

#include <cstddef>
#include <optional>

#include "core/check_report.h"
#include "core/scenario.h"
#include "core/script.h"

namespace sockspec::reports {

struct Cut {
  std::size_t failed = 0;  // the move that failed
  std::size_t end = 0;     // the moves before this one are needed
};

// None where the check does not belong to the script.
std::optional<Cut> cut_after_failure(const Scenario& scenario, const Script& script,
                                     const ScenarioResult& result, const Check& check);

}  // namespace sockspec::reports
