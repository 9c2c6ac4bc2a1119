// The fault table as JSON: one pair of fault and profile on a line, so that a change shows in a
// diff as what it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fault_table.h"
#include "core/result.h"

namespace sockspec::reports {

std::string fault_table_to_json(const FaultTable& table);

// What a self-test found: the table, and what is wrong with it or could not be found out.
std::string selftest_to_json(const FaultTable& table, const std::vector<Message>& problems,
                             const std::vector<std::string>& errors, int exit_code,
                             std::string_view lang);

// Errors: file, JSON pointer, what would be right.
Result<FaultTable> fault_table_from_json(std::string_view text, const std::string& file);

// The table that this program was built with (reports/golden/fault-table.json).
Result<FaultTable> builtin_fault_table();

}  // namespace sockspec::reports
