// What `sockspec selftest` found, as one HTML file: the table of scenarios and faults, which of
// them only one scenario catches, and each fault explained.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fault_table.h"

namespace sockspec::reports {

// `problems` and `errors` as of selftest_to_json(): what is wrong with the suite, and what could
// not be found out.
std::string fault_table_html(const FaultTable& table, const std::vector<Fault>& faults,
                             const std::vector<Scenario>& suite,
                             const std::vector<Message>& problems,
                             const std::vector<std::string>& errors, std::string_view lang);

}  // namespace sockspec::reports
