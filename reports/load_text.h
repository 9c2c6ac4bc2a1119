// The report of `sockspec load` for a person at a terminal, and the lines while it runs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/load/load_report.h"
#include "reports/style.h"

namespace sockspec::reports {

// The whole text, of a report that is judged: what was done, latencies, rates, replies, thresholds,
// what is wrong or in doubt, and the conclusion at the end. `quiet` leaves out what is well.
std::string load_text(const load::LoadReport& report, const Style& style, bool quiet);

// One second of a run that goes on, without a line end. `elapsed` counts from the start of the run;
// `adherence` is in percent, none in a closed loop.
std::string load_status_line(const load::Interval& interval, double elapsed,
                             std::optional<double> adherence, std::string_view lang);

// The same numbers as one line of NDJSON (--events), with its line end; null where nothing was
// measured.
std::string load_event_json(const load::Interval& interval, std::optional<double> adherence);

}  // namespace sockspec::reports
