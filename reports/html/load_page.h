// The report of `sockspec load` as one HTML file: the verdict and whether the figures can be
// trusted, the curves, the wrong replies with their bytes, and what the run cost on both sides.
#pragma once

#include <string>

#include "core/load/load_report.h"

namespace sockspec::reports {

// Wants a report that is judged. The language is the report's. Its size is bounded, whatever the
// length of the run and the server's output.
std::string load_html(const load::LoadReport& report);

}  // namespace sockspec::reports
