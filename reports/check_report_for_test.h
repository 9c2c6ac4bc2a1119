// Reports of `sockspec check`, one for each way in which a run can end, for the tests of the
// formats made from them. Every exit code is the one that the run would have. Test code only.
#pragma once

#include <string>
#include <vector>

#include "core/check_report.h"

namespace sockspec::reports::test {

CheckReport good_check();         // exit code 0
CheckReport bad_check();          // 1: a result of every kind, and what is probably wrong
CheckReport known_check();        // 0: a failure, but a known one
CheckReport stale_check();        // 1: only because of the list of known failures
CheckReport undecided_check();    // 5
CheckReport invalid_check();      // 4
CheckReport interrupted_check();  // 130
CheckReport unreachable_check();  // 3: nothing ran

// What a server might print to be read as something else: markup, controls, workflow commands, TAP,
// fences, bytes that are not UTF-8.
std::string hostile_text();

// Hostile text in every field, of the run and of a failed, a known and a skipped scenario. What the
// server printed is repeated up to `output` bytes.
CheckReport hostile_check(std::size_t output = 0);

CheckReport in_korean(CheckReport report);

struct NamedReport {
  std::string name;
  CheckReport report;
};

// All of the above, in English.
std::vector<NamedReport> all_checks();

}  // namespace sockspec::reports::test
