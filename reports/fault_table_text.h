// The fault table for people: on a terminal, and as a page of the documentation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fault_table.h"
#include "reports/style.h"

namespace sockspec::reports {

// One line for each fault with the scenarios that catch it, then the totals.
std::string fault_table_text(const FaultTable& table, const std::vector<Fault>& faults,
                             const std::vector<Scenario>& suite, std::string_view lang,
                             const Style& style);

// docs/fault-table.md: scenario by scenario, fault by fault, in English.
std::string fault_table_markdown(const FaultTable& table, const std::vector<Fault>& faults,
                                 const std::vector<Scenario>& suite);

}  // namespace sockspec::reports
