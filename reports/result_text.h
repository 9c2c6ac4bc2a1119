// What the formats for other programs tell of one result: printable, and of bounded length however
// much a server printed or a report file holds.
#pragma once

#include <cstddef>
#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

// "stream/basic", as it stands in every format.
std::string scenario_name(const ScenarioResult& result);
std::string scenario_title(const CheckReport& report, const ScenarioResult& result);

// One line: what was expected and what came, why it was not judged, or what excuses it; "" for what
// passed.
std::string result_line(const CheckReport& report, const ScenarioResult& result);

// The whole story of a failure, as on a terminal without colours. The server's output is cut to its
// end, everything else to its beginning.
std::string result_details(const CheckReport& report, const ScenarioResult& result);

// The result with every text cut to a length that a person might still read.
ScenarioResult bounded(const ScenarioResult& result, std::string_view lang);

// The command that repeats it.
std::string bounded_reproduce(const CheckReport& report, const ScenarioResult& result);

}  // namespace sockspec::reports
