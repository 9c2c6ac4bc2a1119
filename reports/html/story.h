// One scenario, told so that a beginner finds the bug: what was expected and what came, why it
// usually happens, the first difference, the picture of the conversation, the contract, what the
// server printed, and how to see it again. Pure functions.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

// HTML of bounded length, whatever the report holds.
std::string scenario_story(const CheckReport& report, const ScenarioResult& result);

}  // namespace sockspec::reports
