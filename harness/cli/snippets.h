// The Python snippets of a run: into the report, and with --snippets into files.
#pragma once

#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/result.h"
#include "core/scenario.h"

namespace sockspec::cli {

// Fills ScenarioResult::reproduce_python of what failed or warned.
void add_snippets(const std::vector<Scenario>& suite, CheckReport& report);

// Each into a file of its own in `folder`, which is made; "" = none are asked for. Error: the file
// that could not be written, and why.
Result<Nothing> write_snippets(const std::string& folder, CheckReport& report);

}  // namespace sockspec::cli
