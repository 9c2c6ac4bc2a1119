// The first screen of a check report: the verdict, what is probably wrong and what to change; and
// what was run, on what. Pure functions.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

// The verdict in one sentence; where there is none, what stopped the run.
std::string check_headline(const CheckReport& report);

std::string check_head(const CheckReport& report);      // <header>: the verdict and the counts
std::string check_troubles(const CheckReport& report);  // what is wrong beside the results
// "" where nothing failed. `page` is the page of this report, "" for the one that this is part of.
std::string check_diagnosis(const CheckReport& report, const std::string& page = "");
std::string check_facts(const CheckReport& report);

}  // namespace sockspec::reports
