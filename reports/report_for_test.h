// Reports in the tests of this folder: small ones that hold something of everything. Test code
// only.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports::test {

// An echo profile, no results yet.
CheckReport empty_report();

ScenarioResult result(const std::string& id, Outcome outcome);

// A failed scenario: "hello" was sent, "heLlo" came, with a difference at byte 2.
ScenarioResult failed_echo();

// Every field is set, with hostile bytes where bytes may stand.
CheckReport full_report();

TranscriptEntry entry(Instant at, Entry kind, std::uint64_t size = 0,
                      const std::string& bytes = "");

}  // namespace sockspec::reports::test
