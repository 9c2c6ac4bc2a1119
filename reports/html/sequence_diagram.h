// The conversation of a scenario as a picture: peers and the server as columns, what went between
// them as arrows with sizes and times, and the places where a check failed.
//
// SVG inside HTML. It carries its colours as attributes, so that it can be read where style sheets
// are forbidden. Long conversations are folded in their middle, many peers into one column: the
// picture has a bounded size. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/check_report.h"

namespace sockspec::reports {

// "" where nothing was done.
std::string sequence_diagram(const ScenarioResult& result, std::string_view lang);

}  // namespace sockspec::reports
