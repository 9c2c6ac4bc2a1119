// Load reports in the tests of this folder. Test code only.
#pragma once

#include "core/load/load_report.h"

namespace sockspec::reports::test {

// A closed loop of 10 s in which 1,234,567 replies were right; judged.
load::LoadReport good_load();

// The same as an open loop of 10,000 requests, of which some went wrong; judged.
load::LoadReport bad_load();

// UDP, interrupted, invalid, and something in every field, with hostile bytes where bytes may
// stand. Not judged.
load::LoadReport full_load();

}  // namespace sockspec::reports::test
