// A transcript as lines that people read: when, which peer, what.
#pragma once

#include <string>
#include <vector>

#include "core/check_report.h"

namespace sockspec::reports {

// At most `most` lines: the first ones, a line that counts those left out, and the last ones, where
// the failure is. Neighbours of the same kind are joined.
std::vector<std::string> timeline(const ScenarioResult& result, std::string_view lang,
                                  std::size_t most);

// When a check failed, as a line of the same shape.
std::string verdict_line(const Check& check, std::string_view lang);

// "connect; send 1000 bytes; half-close": what was done, in one line.
std::string deeds(const ScenarioResult& result, std::string_view lang);

}  // namespace sockspec::reports
