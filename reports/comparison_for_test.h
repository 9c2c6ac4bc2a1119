// Pairs of check reports for the tests of what is made from their comparison. Test code only.
#pragma once

#include <string>

#include "core/compare_checks.h"
#include "reports/comparison_story.h"

namespace sockspec::reports::test {

struct Pair {
  CheckReport old;
  CheckReport now;
};

Pair everything();  // a scenario for each kind of change; exit code 1
Pair swapped(Pair pair);
Pair nothing();     // two runs of one server; exit code 0
Pair in_doubt();    // 5
Pair incomplete();  // 4: the new run was interrupted
Pair hostile();     // a server that prints markup, controls and mentions

Pair in_korean(Pair pair);

// For "old.json" and "new.json". The pair must outlive the first.
CheckComparison compared(const Pair& pair);
ComparisonStory story(const Pair& pair);

}  // namespace sockspec::reports::test
