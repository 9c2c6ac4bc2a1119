// What each process of several did, on the load page. A pure function, for any thread.
#pragma once

#include <string>

#include "core/load/load_report.h"

namespace sockspec::reports {

// As HTML without a heading; "" where one process did it all.
std::string rank_table(const load::LoadReport& report);

}  // namespace sockspec::reports
