// The report of `sockspec check` as one HTML file for people: what is wrong and what to change
// first, then every scenario. See reports/html/page.h for what all pages have in common.
//
// Pure function, for any thread. The size is bounded, whatever a server printed or a report file
// holds; what is left out is said on the page.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string check_html(const CheckReport& report);

}  // namespace sockspec::reports
